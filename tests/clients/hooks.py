"""What Schemathesis cannot know of the formats that the description names."""

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("date-time-local", st.just("2033-12-24T18:00"))
