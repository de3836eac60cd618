"""States: from a form to a service to what to show; one beside each page."""
