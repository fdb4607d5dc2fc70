"""What pages offer to choose from; a profile may name others, which stay as they are."""

from __future__ import annotations

LANGUAGES = (
    ("en-US", "English (United States)"),
    ("en-GB", "English (United Kingdom)"),
    ("en-CA", "English (Canada)"),
    ("en-AU", "English (Australia)"),
    ("en-IN", "English (India)"),
    ("es-US", "Spanish (United States)"),
    ("es-MX", "Spanish (Mexico)"),
    ("es-ES", "Spanish (Spain)"),
    ("fr-CA", "French (Canada)"),
    ("fr-FR", "French (France)"),
    ("de-DE", "German"),
    ("it-IT", "Italian"),
    ("nl-NL", "Dutch"),
    ("pt-BR", "Portuguese (Brazil)"),
    ("pl-PL", "Polish"),
)

VOICES = (
    ("Polly.Joanna-Neural", "Joanna, US English (Polly neural)"),
    ("Polly.Matthew-Neural", "Matthew, US English (Polly neural)"),
    ("Polly.Ruth-Neural", "Ruth, US English (Polly neural)"),
    ("Polly.Stephen-Neural", "Stephen, US English (Polly neural)"),
    ("Polly.Joanna-Generative", "Joanna, US English (Polly generative)"),
    ("Polly.Matthew-Generative", "Matthew, US English (Polly generative)"),
    ("Polly.Amy-Neural", "Amy, British English (Polly neural)"),
    ("Polly.Brian-Neural", "Brian, British English (Polly neural)"),
    ("Polly.Olivia-Neural", "Olivia, Australian English (Polly neural)"),
    ("Polly.Kajal-Neural", "Kajal, Indian English (Polly neural)"),
    ("Polly.Lupe-Neural", "Lupe, US Spanish (Polly neural)"),
    ("Polly.Pedro-Neural", "Pedro, US Spanish (Polly neural)"),
    ("Polly.Mia-Neural", "Mia, Mexican Spanish (Polly neural)"),
    ("Polly.Gabrielle-Neural", "Gabrielle, Canadian French (Polly neural)"),
    ("Polly.Lea-Neural", "Léa, French (Polly neural)"),
    ("Polly.Vicki-Neural", "Vicki, German (Polly neural)"),
    ("Polly.Bianca-Neural", "Bianca, Italian (Polly neural)"),
    ("Polly.Camila-Neural", "Camila, Brazilian Portuguese (Polly neural)"),
    ("woman", "Twilio's plain woman's voice"),
    ("man", "Twilio's plain man's voice"),
)

RESPONDERS = (
    ("auto", "OpenAI where there is a key for it, else the knowledge alone"),
    ("openai", "OpenAI"),
    ("compatible", "A server compatible with OpenAI's"),
    ("knowledge", "The knowledge, hours and address alone"),
)

FALLBACKS = (
    ("knowledge", "The knowledge"),
    ("openai, knowledge", "OpenAI, then the knowledge"),
    ("compatible, knowledge", "The compatible server, then the knowledge"),
    ("openai", "OpenAI, then a message is taken"),
    ("compatible", "The compatible server, then a message is taken"),
    ("", "Nobody: a message is taken"),
)

SPEAKERS = (
    ("auto", "ElevenLabs where there is a key for it, else Twilio"),
    ("elevenlabs", "ElevenLabs"),
    ("say", "Twilio"),
)
