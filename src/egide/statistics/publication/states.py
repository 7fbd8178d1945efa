"""How a release moves: composed, signed off by someone else, let out. There is no way back: a correction is a new revision."""

from .models import State

MOVES = {State.DRAFT: {State.SIGNED}, State.SIGNED: {State.PUBLISHED}, State.PUBLISHED: set()}
