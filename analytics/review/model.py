"""The model that a store's identities come from."""

from __future__ import annotations

from analytics.identity.incremental.state import FrozenState
from analytics.identity.scoring.refit import refitted
from analytics.identity.scoring.scorer import PairScorer, default_scorer
from analytics.store import Store, in_force, refit_table

__all__ = ["learned_model", "model_in_force"]

_STATE = "frozen_state.parquet"


def learned_model(store: Store) -> PairScorer:
    """The model as it has adapted to the store, before any refit; as it came where nothing was screened."""
    base = default_scorer()
    file = store.root / store.state.remembered / _STATE if store.state.remembered else None
    state = FrozenState.load(file) if file is not None and file.exists() else None
    return base if state is None else state.learned(base)


def model_in_force(store: Store) -> PairScorer:
    """The model as it has adapted to the store, shifted by the refit in force."""
    refit = refit_table(in_force(store.root, store.state, default_scorer().version))
    return refitted(learned_model(store), refit)
