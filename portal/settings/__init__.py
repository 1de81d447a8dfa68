"""Settings: `dev` for one machine (development and the demo), `test` for the tests, `production` for a real site."""
