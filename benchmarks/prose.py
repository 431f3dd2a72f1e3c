"""Invented English for benchmark editions: sentences, titles and names out of small word lists.

Nobody and nothing named here exists. Knows nothing of records, citations or files.
"""

from __future__ import annotations

from random import Random


def _read_words(text: str, separator: str | None = None) -> list[str]:
    return [word.strip() for word in text.split(separator)]


_NOUNS = _read_words("""
agenda agreement answer archive army assembly audience ballot border budget bulletin cabinet calendar
campaign capital charter coal coast colony committee complaint compromise conference congress consul contract
convoy corridor council credit crisis customs deadline debate debt decision declaration delay delegation demand
deputy dinner dispute district doctrine draft duty embassy envoy evidence export factory failure faction ferry
fleet frontier garrison grain guest guideline harbour harvest hearing hotel import inquiry interpreter invitation
island journal journey kitchen ladder law leaflet letter line list loan machine majority mandate manual map market
measure memory method mine minister mission motion navy neighbour newspaper note office opponent order outcome
paragraph parliament patience pause payment peace petition plan pledge police port practice precedent press price
principle procedure promise proposal protest province question quota railway reason receipt record reform refusal
region remark reply request reserve resolution response revision river road rumour schedule secretary security
session settlement signature silence speech station steel strike suspicion table tariff telegram term theatre
timetable title trade train translation treaty tribunal troop truce union vessel village visit visitor vote wage
warehouse warning weather winter witness workshop""")
_ADJECTIVES = _read_words("""
able annual armed bitter brief broad calm careful cautious central civil common complete cordial
costly distant double early eastern empty final firm foreign formal former frank friendly further general guarded
hasty heavy hidden hostile industrial inner internal joint large late lengthy local lower maritime military modest
narrow national new northern official older open ordinary outer partial patient plain polite private public quiet
rapid recent regional secret senior separate serious sharp short small southern special stern sudden technical
temporary uneasy urgent useful vague western written""")
_VERBS = _read_words("""
accepted addressed adopted altered approved attacked blocked carried changed closed compared concealed
confirmed considered copied corrected crossed debated defended delayed delivered described discussed dismissed
drafted dropped examined explained extended followed forwarded granted handled ignored interpreted introduced
joined limited mentioned met moved noted offered opened opposed praised prepared presented pressed printed
proposed questioned raised read received recalled rejected repeated replaced reported requested reviewed revised
settled shaped signed spoiled studied supported suspended translated trusted weighed withheld""")
_PEOPLE = _read_words("""
advisers ambassadors clerks delegates diplomats drivers editors engineers experts generals guests hosts
interpreters journalists lawyers members miners ministers negotiators observers officers secretaries soldiers
students teachers translators veterans visitors workers writers""")
_OPENINGS = _read_words(
    """
In the morning|On the second day|After a long pause|Before the session closed|That evening|In private|
Without further notice|According to the minutes|At the same hour|Towards midnight|Against all advice|
For the first time|As in the year before|Behind closed doors|Over dinner""",
    "|",
)
_TAILS = _read_words(
    """
in the capital|at the border|with little warning|for several weeks|during the recess|over the telephone|
in front of the press|under some pressure|by a narrow vote|in two languages|on the way home|at the last moment|
without a word of thanks|for the sake of peace|in the presence of all""",
    "|",
)
_JOINS = (", and", ", but", ", while", ", because", ", so that", ", although", "; meanwhile")

_ONSETS = _read_words("""
Al Ar Bel Ber Bran Cal Cor Dal Dor El Fal Far Gar Gol Hal Har Il Jar Kal Kor Lan Lor Mar Mor Nar Nor
Ol Par Per Ral Ros Sal Sel Tal Tor Ul Val Ver Wal Zar""")
_CODAS = _read_words("""
ak an bek da den dis ek ev fer gan gor hof in ko lin man mir nik ov pel ran sen tas vik zan""")
_GIVEN = _read_words("""
Ada Adam Agnes Albin Alma Anna Anton Boris Clara Daniel Dora Edith Emil Erik Eva Felix Frida Georg Greta
Hanna Hugo Ida Igor Irma Ivan Jakob Jana Josef Julia Karl Klara Leo Lidia Lukas Magda Maria Martin Max Mila Nina
Olga Oscar Otto Paul Petra Rosa Rudolf Sofia Stefan Teresa Viktor Vera""")
PERSON_LIMIT = len(_ONSETS) * len(_CODAS) * len(_GIVEN)


def write_sentence(rng: Random, subject: str = "") -> str:
    """Return a sentence of 8 to 30 words without its full stop; `subject` stands first if given."""
    sentence = _write_clause(rng, subject)
    if not subject and rng.random() < 0.4:
        sentence = f"{rng.choice(_OPENINGS)}, {sentence}"
    if rng.random() < 0.5:
        sentence += f"{rng.choice(_JOINS)} {_write_clause(rng, '')}"
    return sentence[0].upper() + sentence[1:]


def write_topic(rng: Random) -> str:
    """Return what a document or a meeting is about, e.g. "the joint coal treaty"."""
    first, second = rng.sample(_NOUNS, 2)
    return f"the {rng.choice(_ADJECTIVES)} {first} {second}"


def write_title(rng: Random) -> str:
    """Return the title of a published work, in title case."""
    first, second, third = (noun.capitalize() for noun in rng.sample(_NOUNS, 3))
    return f"{rng.choice(_ADJECTIVES).capitalize()} {first} and {second}: A History of the {third} Question"


def name_person(number: int) -> tuple[str, str]:
    """Return family and given name of the person with this number; no two below PERSON_LIMIT are the same."""
    families = len(_ONSETS) * len(_CODAS)
    row, family = divmod(number, families)
    # 7 shares no factor with the number of families: neighbours in number are none in the alphabet.
    onset, coda = divmod(family * 7 % families, len(_CODAS))
    return _ONSETS[onset] + _CODAS[coda], _GIVEN[(row + family) % len(_GIVEN)]


def _write_clause(rng: Random, subject: str) -> str:
    subject = subject or rng.choice(
        (f"the {rng.choice(_ADJECTIVES)} {rng.choice(_PEOPLE)}", f"the {rng.choice(_PEOPLE)}", f"{rng.choice(_PEOPLE)}")
    )
    clause = f"{subject} {rng.choice(_VERBS)} the {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"
    if rng.random() < 0.4:
        clause += f" of the {rng.choice(_NOUNS)}"
    # Together with the shortest subject this makes at least eight words.
    return f"{clause} {rng.choice(_TAILS)}"
