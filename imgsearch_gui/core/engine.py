"""The product in one object: encoders, matcher, content rule and library, ready to index and search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui import paths
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.query.grammar import parse
from imgsearch_gui.core.retrieval.filters import meets_scores, passing
from imgsearch_gui.core.retrieval.likeness import AskedPictures
from imgsearch_gui.core.retrieval.listing import Listing, Wish
from imgsearch_gui.core.retrieval.names import FileNames, bonuses, held_words, named_words, with_bonuses
from imgsearch_gui.core.retrieval.scoring import Scoring
from imgsearch_gui.core.retrieval.search import VectorCache
from imgsearch_gui.core.retrieval.shown import ShownImages
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.explanation import Explanation
from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.core.types.query import FilterKind, Order, ParsedQuery, Term
from imgsearch_gui.errors import QueryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder
    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.content_rule import RuleMatch
    from imgsearch_gui.core.types.photos import Gallery, SearchHit
    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import PictureQuery


_WARMING = "a photo"


Model = tuple["Matcher", "ModelInfo"]  # as a file holds them


@dataclass(frozen=True, slots=True)
class _Question:
    """What is looked for.

    Attributes:
        text: what was typed.
        asked: the same as it was understood.
        picture: what is searched by besides, if anything.
        words: those that count in file names.
    """

    text: str
    asked: ParsedQuery
    picture: PictureQuery | None
    words: list[str]


class Engine:
    """Indexes folders and answers queries; usable from several threads at once.

    Args:
        library: where images, vectors and thumbnails are kept.
        image_encoder: the one that the matcher was trained with.
        text_encoders: likewise.
        model: the matcher, which scores an image against a query, and what its file says of it.
        rule: the content rule.
        keep_vectors: whether the vectors that searches scan are kept in files beside the library.

    Attributes:
        library: as given, and so with the encoders and the rule.

    Raises:
        MatcherError: the matcher was trained with other encoders.
    """

    def __init__(
        self,
        library: Library,
        image_encoder: ImageEncoder,
        text_encoders: Sequence[TextEncoder],
        model: Model,
        rule: ContentRule,
        *,
        keep_vectors: bool = True,
    ) -> None:
        self.library, self.rule, self._keep_vectors = library, rule, keep_vectors
        self.image_encoder, self.text_encoders = image_encoder, tuple(text_encoders)
        self._shown, self._listing = ShownImages(library, rule), Listing(library)
        self._names, self._pictures = FileNames(library), AskedPictures(library, image_encoder)
        self.use_model(model)

    @property
    def model(self) -> Model:
        """The matcher that searches use, and what its file says of it."""
        return self._scoring.model

    def use_model(self, model: Model) -> None:
        """Searches by another matcher from the next query on; joint vectors come from cached vectors.

        Raises:
            MatcherError: it was trained with other encoders.
        """
        matcher, _ = model
        matcher.check_encoders(self.image_encoder, self.text_encoders)
        version = self.image_encoder.version
        vectors = VectorCache(self.library, version, matcher, keep=self._keep_vectors)
        self._scoring = Scoring(model, self.text_encoders, self._pictures, vectors)

    def use_rule(self, rule: ContentRule) -> None:
        """Goes by another content rule from the next query on."""
        self.rule, self._shown = rule, ShownImages(self.library, rule)

    def on(self, library: Library) -> Engine:
        """Returns an engine of the same parts that searches another library."""
        return Engine(library, self.image_encoder, self.text_encoders, self.model, self.rule)

    def beside(self, model: Model) -> Engine:
        """Returns an engine that searches the same photos by another matcher, and writes no file.

        Raises:
            MatcherError: it was trained with other encoders.
        """
        encoders = self.image_encoder, self.text_encoders
        return Engine(self.library, *encoders, model, self.rule, keep_vectors=False)

    def index(self, folder: Path) -> Iterator[IndexProgress]:
        """Brings the library up to date with a folder; see :mod:`~imgsearch_gui.core.pictures.indexing`.

        At the end, the vectors that searches scan are made, where many are missing; its stage is "prepare".
        """
        for progress in index_folder(self.library, folder, self.image_encoder):
            if progress.stage == "done":
                for done, total in self.prepare(folder):
                    if done < total:
                        yield replace(progress, stage="prepare", done=done, total=total)
            yield progress

    def warm_up(self) -> None:
        """Loads what would make the first query wait: dictionaries, and the language detector."""
        self.rule.check(_WARMING)
        self._scoring.placed([_WARMING])

    def search(
        self, folder: Path, sentence: str, *, top: int | None = None, rule: RuleMode = RuleMode.BLOCK
    ) -> SearchResult:
        """Finds the indexed photos of a folder that match a sentence, best first, whatever their names.

        Args:
            folder: an indexed folder; one that never was has no photos.
            sentence: what to look for, whatever signs are in it.
            top: the most hits to return; all when not given.
            rule: what the content rule does.

        Raises:
            LibraryError: the library cannot be read.
            DatasetError: the folder belongs to a dataset whose captions cannot be read, so that nobody
                knows which of its images may be shown.
        """
        sentence = _text(sentence)
        question = _Question(sentence, ParsedQuery((Term(sentence),)), None, [])
        return self._found(folder, question, rule, Wish(top=top))

    def ask(
        self,
        folder: Path,
        query: str,
        *,
        picture: PictureQuery | None = None,
        top: int | None = None,
        rule: RuleMode = RuleMode.BLOCK,
        names: bool = True,
        order: Order = Order.SCORE,
        fold: bool = True,
    ) -> SearchResult | Gallery:
        """Answers a query in the language of :mod:`~imgsearch_gui.core.query.grammar`, and a picture.

        A picture alone ranks by :mod:`likeness <imgsearch_gui.core.retrieval.likeness>`; itself comes first
        where it is in the folder. Beside words it counts as much as all of them together: the score is the
        geometric mean of theirs and of one of the likeness, made so that both spread over a folder's photos
        alike.

        Words of the query that stand in a photo's file name raise its rank as a score would that is higher
        by 0.05, or by its share of that where only some of the words do. The score is what it was.

        Args:
            folder: an indexed folder; one that never was has no photos.
            query: what was typed; an empty one asks for all photos, or for all that are like the picture.
            picture: what to look for besides.
            top: the most hits to return, the first in the order; all when not given.
            rule: what the content rule does.
            names: whether file names count.
            order: of the photos; those that are unlikely to match come last in every order, and where there
                is nothing to match, that of scores is that of names.
            fold: whether of photos with the same bytes one stands for all.

        Returns:
            The photos that match; of a query without words, those that meet its filters.

        Raises:
            LibraryError: as for a search.
            DatasetError: likewise.
            QueryError: the picture cannot be read, is gone, or may not be shown.
        """
        query = _text(query)
        asked = parse(query, beside_picture=picture is not None)
        if asked.terms or picture or (rule is RuleMode.BLOCK and self._match(query, asked) is not None):
            words = named_words(asked.terms) if names else []
            question = _Question(query, asked, picture, words)
            return self._found(folder, question, rule, Wish(order, fold, top))
        vectors = self._scoring.vectors.get(paths.real_path(folder))
        shown = self._may_show(folder, vectors, rule)
        kept = shown & passing(self.library, paths.real_path(folder), vectors.ids, asked.filters)
        return self._listing.gallery(folder, vectors, shown, kept, Wish(order, fold))

    def explain(
        self,
        folder: Path,
        query: str,
        image_id: int,
        *,
        picture: PictureQuery | None = None,
        rule: RuleMode = RuleMode.BLOCK,
    ) -> Explanation:
        """Says why a photo has its score: what each word does to it, and what its file name adds.

        Args:
            folder: the folder that was searched.
            query: as :meth:`ask` was given it, and so the picture and the rule.
            image_id: the library's id of the photo.
            picture: what was searched by besides.
            rule: what the content rule does.

        Raises:
            LibraryError: as for a search.
            DatasetError: likewise.
            QueryError: the query has no words and no picture, the photo is gone, or the content rule does
                not allow it.
        """
        query = _text(query)
        asked = parse(query, beside_picture=picture is not None)
        if not asked.terms and picture is None:
            raise QueryError(sentence("There are no words to score photos by."))
        if rule is RuleMode.BLOCK and self._match(query, asked) is not None:
            raise QueryError(sentence("The content rule does not allow this query."))
        scoring, real = self._scoring, paths.real_path(folder)
        vectors = scoring.vectors.get(real)
        shown = self._may_show(folder, vectors, rule)
        if picture is not None and rule is not RuleMode.OFF:
            self._shown.check(picture)
        row = vectors.row_of(image_id)
        if row is None or not shown[row]:
            raise QueryError(sentence("The photo is no longer in this folder."))
        likeness = None if picture is None else scoring.likeness(picture, vectors, shown, row)
        score, effects, of_picture = scoring.word_effects(asked.terms, vectors.alone(row), likeness)
        words = named_words(asked.terms)
        held = held_words(self.library.paths_of([image_id]).get(image_id, b""), words)
        bonus = bonuses({image_id: held}, len(words))[image_id] if held else 0.0
        return Explanation(query, image_id, score, effects, " ".join(held), bonus, of_picture)

    def _match(self, query: str, asked: ParsedQuery) -> RuleMatch | None:
        """Returns the word of a query that the content rule hits.

        Terms are searched for one by one, so that each is looked at by itself too: words beside them can
        change the language that it is taken for, or make an exception of it.
        """
        texts = dict.fromkeys([query, *(term.text for term in asked.terms)])  # mostly one
        return next((match for match in map(self.rule.check, texts) if match is not None), None)

    def _found(self, folder: Path, question: _Question, rule: RuleMode, wish: Wish) -> SearchResult:
        """Ranks a folder's photos by what is asked for."""
        query, asked, picture = question.text, question.asked, question.picture
        match = None if rule is RuleMode.OFF else self._match(query, asked)
        scoring = self._scoring  # one throughout, whatever another thread does
        real = paths.real_path(folder)
        vectors = scoring.vectors.get(real)
        shown = self._may_show(folder, vectors, rule)
        if picture is not None and rule is not RuleMode.OFF:
            self._shown.check(picture)
        count = int(np.count_nonzero(shown))
        hits: Sequence[SearchHit] = ()
        folded = 0
        if not (match is not None and rule is RuleMode.BLOCK) and count:
            kept = shown
            if asked.filters:
                kept = shown & passing(self.library, real, vectors.ids, asked.filters)
            likeness = None if picture is None else scoring.likeness(picture, vectors, shown)
            ranking = scoring.ranking(asked.terms, vectors, likeness)
            if any(each.kind is FilterKind.SCORE for each in asked.filters):
                kept = kept & meets_scores(ranking.scores(ranking.values), asked.filters)
            named = self._names.find(real, vectors, question.words)
            keys = ranking.values
            if named:
                keys = with_bonuses(keys, vectors.ids, bonuses(named, len(question.words)))
            bands = scoring.matcher.bands if picture is None else None
            hits, folded = self._listing.hits(folder, vectors, kept, ranking, keys, bands, named, wish)
            hits[:1]  # makes the first screenful here, and not where it is drawn
        withheld = int(np.count_nonzero(vectors.there)) - count
        notes = scoring.notes(asked.terms)
        return SearchResult(query, hits, count, withheld, match, rule, notes, picture is not None, folded)

    def prepare(self, folder: Path) -> Iterator[tuple[int, int]]:
        """Makes what a search of a folder needs, step by step: joint vectors that are missing.

        It can be left after any step, and taken up there again. After it, a search waits for nothing.

        Yields:
            How many photos are done, of how many.

        Raises:
            LibraryError: the library cannot be read.
        """
        scoring, real = None, paths.real_path(folder)
        while scoring is not self._scoring:  # another model may come meanwhile
            scoring = self._scoring
            yield from scoring.vectors.update(real)
            yield from self._names.update(real, scoring.vectors.get(real))

    def copies(self, folder: Path, image_id: int, *, rule: RuleMode = RuleMode.BLOCK) -> tuple[Path, ...]:
        """Lists the files of a folder that may be shown with the bytes of one of its images, by path.

        That one is among them; of an image that has left the library, there are none.

        Raises:
            LibraryError: as for a search.
            DatasetError: likewise.
        """
        vectors = self._scoring.vectors.get(paths.real_path(folder))
        return self._listing.copies(image_id, vectors.ids[self._may_show(folder, vectors, rule)])

    def _may_show(self, folder: Path, vectors: FolderVectors, rule: RuleMode) -> npt.NDArray[np.bool_]:
        """Returns which images may be shown: bool [n]."""
        return vectors.there if rule is RuleMode.OFF else self._shown.shown(folder.absolute(), vectors)


def _text(query: str) -> str:
    """Returns a query without the bytes that are no text, which a command line may hold."""
    return query.encode("utf-8", "replace").decode()
