"""Correcting who is who: what people judge, which pairs they should see, and what a cluster hangs on."""
