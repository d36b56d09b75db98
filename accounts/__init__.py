"""Users, ministries, offices, memberships and tokens; sign-in."""
