"""One view per layout: every text decided and fitted before it is typeset."""
