// The voice webhook on Express with the libraries one would take: what a Node team would write.
'use strict'

const { readFileSync } = require('node:fs')
const express = require('express')
const twilio = require('twilio')
const { parsePhoneNumberWithError } = require('libphonenumber-js/max')

const known = JSON.parse(readFileSync(process.env.PEER_COMPANIES, 'utf8'))
const companies = new Map(Object.entries(known.companies))
const base = known.url.replace(/\/voice$/, '')

function e164(raw) {
  const number = parsePhoneNumberWithError(raw, 'US')
  if (!number.isPossible()) throw new Error(`${raw} is no number`)
  return number.number
}

function document(company) {
  const call = `?call=${company.slug}${known.state}`
  const response = new twilio.twiml.VoiceResponse()
  const gather = response.gather({
    action: `${base}/handle-speech${call}`,
    actionOnEmptyResult: true,
    hints: `${company.name},Ava,the office,the plumber on call`,
    input: 'dtmf speech',
    language: 'en-US',
    method: 'POST',
    numDigits: 1,
    partialResultCallback: `${base}/partial-speech${call}`,
    partialResultCallbackMethod: 'POST',
    speechTimeout: 'auto',
    timeout: 5,
  })
  gather.say(
    { language: 'en-US', voice: 'Polly.Joanna-Neural' },
    `Thank you for calling ${company.name}. This is Ava, an automated assistant, and this ` +
      'call is transcribed. How can I help you?',
  )
  response.redirect({ method: 'POST' }, `${base}/handle-speech${call}`)
  return response.toString()
}

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.post('/api/twilio/voice', express.urlencoded({ extended: false }), (request, response) => {
  const signature = request.get('X-Twilio-Signature') ?? ''
  if (!twilio.validateRequest(known.token, signature, known.url, request.body)) {
    response.sendStatus(403)
    return
  }
  e164(request.body.Caller)
  const company = companies.get(e164(request.body.Called))
  response.type('text/xml').send(document(company))
})

const server = app.listen(Number(process.env.PORT), '127.0.0.1')
server.keepAliveTimeout = 60_000
process.on('SIGTERM', () => process.exit(0))
