"""Model-free ground: bases for pages and API, errors, background work, money, calendar, exports."""
