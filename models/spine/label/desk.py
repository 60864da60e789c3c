"""What lies before the person who labels: pictures in their order, the one that is open, and whether it is kept."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import edge
from edge.errors import PictureError, StoreError
from edge.picture.photograph import read_photograph
from models.spine.label.editor import Editor, Points, Stamp, as_predicted
from models.spine.label.folder import LabelFolder, PictureFile, answer
from models.spine.label.prediction import Prediction, Predictor
from models.spine.label.pyramid import Pyramid
from models.spine.label.record import Network, PictureLabels
from models.spine.label.stamp import Now, as_text
from models.spine.label.urgency import Urgency, urgency

Told = Callable[[int, int], None]
"""Told how many of how many pictures the network has read."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """
    One picture in its place.

    Attributes:
        file: the picture.
        urgency: why it stands where it stands.
        prediction: None where the picture cannot be read.
        trouble: why it cannot be opened.
    """

    file: PictureFile
    urgency: Urgency
    prediction: Prediction | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """
    The picture that is open.

    Attributes:
        item: its place in the order.
        pyramid: the picture.
        editor: its points.
        network: which network predicted the points that nobody touched.
    """

    item: Item
    pyramid: Pyramid
    editor: Editor
    network: Network


class Desk:
    """
    Opens pictures, largest uncertainty first, and keeps what is changed in them.

        desk = Desk(LabelFolder(folder), pictures_of(folder), predictor, operator="nurse-2", now=utc_now)
    """

    def __init__(
        self,
        folder: LabelFolder,
        files: Sequence[PictureFile],
        predictor: Predictor,
        *,
        operator: str,
        now: Now,
        ask_again: bool = False,
    ) -> None:
        """
        Args:
            folder: where labels are kept.
            files: the pictures.
            predictor: asked only about pictures whose people agreed.
            operator: role and number.
            now: the wall's time.
            ask_again: ask about pictures without consent once more.
        """
        self._folder, self._predictor = folder, predictor
        self._operator, self._now = operator, now
        manifest = folder.manifest
        said = {file: consent.given for file in files if (consent := manifest.consent(file.sha256)) is not None}
        self.unasked = [file for file in files if said.get(file) is None or (ask_again and said[file] == "no")]
        self._agreed = [file for file in files if said.get(file) == "yes"]
        self.refused = len(files) - len(self.unasked) - len(self._agreed)
        self.items: tuple[Item, ...] = ()
        self.place = 0
        self.sheet: Sheet | None = None
        self.trouble: str | None = None
        self.unsaved: str | None = None
        self._dirty = False

    @property
    def network(self) -> Network:
        """The network that predicts now."""
        return self._predictor.network

    @property
    def today(self) -> datetime.date:
        """The date, UTC."""
        return self._now().date()

    @property
    def stamp(self) -> Stamp:
        """Who changes something now."""
        return Stamp(self._operator, as_text(self._now()))

    def consent(self, date: datetime.date | None) -> None:
        """Keep the answer about the first picture nobody was asked about; None is a refusal."""
        file, stamp = self.unasked[0], self.stamp
        self._folder.add_consents([answer(file.sha256, date, stamp.operator, stamp.utc)])
        self.unasked.pop(0)
        if date is None:
            self.refused += 1
        else:
            self._agreed.append(file)

    def ask_later(self) -> None:
        """Leave the first picture nobody was asked about closed, and ask again next time."""
        self.unasked.pop(0)
        self.refused += 1

    def sort(self, told: Told = lambda done, total: None) -> None:
        """Ask the network about every picture whose people agreed, and open the first that nobody has touched."""
        items = []
        for number, file in enumerate(self._agreed):
            told(number, len(self._agreed))
            items.append(self._read(file))
        self.items = tuple(sorted(items, key=lambda item: -item.urgency.score))  # stable: by name among equals
        fresh = (place for place, item in enumerate(self.items) if not self._touched(item))
        if self.items:
            self.open(next(fresh, 0))

    def _read(self, file: PictureFile) -> Item:
        try:
            prediction = self._predictor.predict(read_photograph(file.path).image)
        except PictureError as error:
            return Item(file, Urgency(-1.0, ""), None, str(error))
        return Item(file, urgency(prediction), prediction)

    def _touched(self, item: Item) -> bool:
        if item.trouble is not None:
            return True
        try:
            labels = self._folder.load(item.file.sha256)
        except StoreError:
            return True  # opened, it says what is wrong
        return labels is not None and labels.touched

    def open(self, place: int) -> bool:
        """Open another picture; False while the last change of this one could not be kept."""
        if not self.keep() or not 0 <= place < len(self.items):
            return False
        self.place, self.sheet, self.trouble = place, None, None
        item = self.items[place]
        try:
            self.sheet = self._open(item)
        except (PictureError, StoreError) as error:
            self.trouble = str(error)
        return True

    def _open(self, item: Item) -> Sheet:
        if item.prediction is None:
            raise PictureError(item.trouble or "")
        labels = self._folder.load(item.file.sha256)
        pyramid = Pyramid(read_photograph(item.file.path).image)
        if labels is not None and (labels.width_px, labels.height_px) != pyramid.size_px:
            raise StoreError(
                f"{self._folder.file(item.file.sha256)}: for a picture of another size, move it away to start again"
            )
        if labels is None or not labels.touched:
            return Sheet(item, pyramid, Editor(as_predicted(item.prediction)), self.network)
        # What a person corrected belongs to the prediction it was made against, even if the network is newer now.
        return Sheet(item, pyramid, Editor(labels.points), labels.network)

    @property
    def points(self) -> Points:
        """Of the open picture; none where it cannot be opened."""
        return self.sheet.editor.points if self.sheet else ()

    def changed(self) -> None:
        """Something in the open picture was changed and is not kept yet."""
        self._dirty = True

    def keep(self) -> bool:
        """Keep what was changed; False, with the reason in `unsaved`, where that is impossible."""
        if self._dirty and self.sheet is not None:
            width, height = self.sheet.pyramid.size_px
            stamp = self.stamp
            try:
                self._folder.save(
                    PictureLabels(
                        sha256=self.sheet.item.file.sha256, width_px=width, height_px=height,
                        network=self.sheet.network, points=self.points, operator=stamp.operator, utc=stamp.utc,
                        tool=edge.__version__,
                    )
                )  # fmt: skip
            except StoreError as error:
                self.unsaved = f"The last change is not kept: {error}"
                return False
        self._dirty, self.unsaved = False, None
        return True
