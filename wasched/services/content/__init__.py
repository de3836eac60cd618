"""What a message says: templates, variables, previews of links, unfinished drafts."""
