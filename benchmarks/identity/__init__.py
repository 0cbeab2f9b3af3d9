"""Who is who, side by side: the resolver of this project and Splink 5, on the same records, in one run.

The peer is given clean, parsed fields, several models and its best threshold, chosen with the truth; ours gets the raw
``consignee_*`` strings and its one default configuration. Every measured run is a process of its own, so that its peak
memory is its own. Run it with ``make bench-identity`` or ``python -m benchmarks.identity``; with
``make bench-identity ARGS=--large`` for three and ten million consignees as well.
"""
