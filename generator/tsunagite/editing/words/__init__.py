"""Words that people may type and no vocabulary has: proposed by a sentence model, decided by a person, searched once accepted.

In: the vocabularies of a site, frequent Japanese words, its guides, lists of words that somebody wrote down. Out:
``resources/vocabulary/suggested.yml``, where each proposal waits for a decision. Only the extra ``[words]`` brings the model;
no build and no check needs it.
"""
