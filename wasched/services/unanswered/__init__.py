"""Who of a send has not voted, replied, read it or got it."""
