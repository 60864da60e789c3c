"""How good the spine network is on people it has never seen: rendered ones whose truth is known, and photographs."""
