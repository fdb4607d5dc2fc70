"""Rehearses turns in virtual time, to see what preparing answers early brings and costs."""
