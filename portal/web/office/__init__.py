"""Pages of the administrators and of the county's rules: people, audit, jobs, system; policies, limits, calendar."""
