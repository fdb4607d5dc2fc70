// The voice webhook on net/http with the libraries one would take: what a Go team would write.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"github.com/twilio/twilio-go/client"
	"github.com/twilio/twilio-go/twiml"
)

type company struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type known struct {
	Companies map[string]company `json:"companies"`
	Token     string             `json:"token"`
	URL       string             `json:"url"`
	State     string             `json:"state"`
}

type service struct {
	known
	base      string
	validator client.RequestValidator
}

func main() {
	text, err := os.ReadFile(os.Getenv("PEER_COMPANIES"))
	if err != nil {
		log.Fatal(err)
	}
	var facts known
	if err := json.Unmarshal(text, &facts); err != nil {
		log.Fatal(err)
	}
	voice := service{facts, strings.TrimSuffix(facts.URL, "/voice"), client.NewRequestValidator(facts.Token)}
	http.HandleFunc("POST /api/twilio/voice", voice.answer)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func (s *service) answer(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	form := make(map[string]string, len(values))
	for name, value := range values {
		form[name] = value[0]
	}
	if !s.validator.Validate(s.URL, form, r.Header.Get("X-Twilio-Signature")) {
		http.Error(w, "not signed", http.StatusForbidden)
		return
	}
	if _, err := e164(form["Caller"]); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	called, err := e164(form["Called"])
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	document, err := s.document(s.Companies[called])
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	io.WriteString(w, document)
}

func e164(raw string) (string, error) {
	number, err := phonenumbers.Parse(raw, "US")
	if err != nil {
		return "", err
	}
	if !phonenumbers.IsPossibleNumber(number) {
		return "", fmt.Errorf("%s is no number", raw)
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}

func (s *service) document(c company) (string, error) {
	call := "?call=" + c.Slug + s.State
	speech := s.base + "/handle-speech" + call
	say := &twiml.VoiceSay{
		Language: "en-US",
		Voice:    "Polly.Joanna-Neural",
		Message: "Thank you for calling " + c.Name + ". This is Ava, an automated assistant, and this " +
			"call is transcribed. How can I help you?",
	}
	gather := &twiml.VoiceGather{
		Action:                      speech,
		ActionOnEmptyResult:         "true",
		Hints:                       c.Name + ",Ava,the office,the plumber on call",
		Input:                       "dtmf speech",
		Language:                    "en-US",
		Method:                      "POST",
		NumDigits:                   "1",
		PartialResultCallback:       s.base + "/partial-speech" + call,
		PartialResultCallbackMethod: "POST",
		SpeechTimeout:               "auto",
		Timeout:                     "5",
		InnerElements:               []twiml.Element{say},
	}
	redirect := &twiml.VoiceRedirect{Url: speech, Method: "POST"}
	return twiml.Voice([]twiml.Element{gather, redirect})
}
