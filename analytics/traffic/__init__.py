"""Invented traffic and its law: people, sellers, parcels and manifests, and the tools that plant a scheme among them.

Shares no code and no word list with the rooms it is used to measure.
"""
