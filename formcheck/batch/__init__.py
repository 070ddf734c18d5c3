"""Many files, one after the other or on many machines, in batches that can be stopped and gone on with.

The folder of results is the ledger: each input's own folder says what it was made from, and is whole or is not there.
"""
