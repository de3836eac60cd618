"""Tests of the protocol layers: cryptography, codecs and the altered client library."""
