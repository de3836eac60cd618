"""Tests of what comes over from the Node.js version."""
