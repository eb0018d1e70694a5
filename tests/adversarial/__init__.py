"""Those who try: injected SQL, strangers' pages, probes. Each test says what they get, which is nothing."""
