"""The invented conversation of the benchmark page: a club of amateur astronomers plans its nights.

People, places, comets, sites and numbers are made up. ``text_markup`` says how formatting is written.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A member of the club, or its bot."""

    key: str
    user_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    rank: str | None = None
    is_self: bool = False
    is_bot: bool = False
    is_premium: bool = False


@dataclass(frozen=True)
class Post:
    """One message; ``minutes`` have passed since the one before, ``reply`` counts messages back."""

    sender: str
    text: str
    minutes: int = 2
    reply: int = 0
    reactions: str = ""
    media: str = ""
    edited: bool = False
    quote: str | None = None
    action: str = ""
    album: bool = False


GROUP_TITLE = "Northlight Astronomy Club"
GROUP_USERNAME = "northlight_club"
BULLETIN_TITLE = "Northlight Bulletin 🌌"
BULLETIN_USERNAME = "northlight_bulletin"

MEMBERS = (
    Member("ines", 5_112_408_733, "Inês", "Valadar", "ines_valadar", is_self=True, is_premium=True),
    Member("marta", 412_907_115, "Marta", "Quillen", "martaq", rank="Chair", is_premium=True),
    Member("oleg", 298_114_560, "Олег", "Звонарь", "oleg_zv", rank="Оптика"),
    Member("nadia", 1_904_332_871, "Надія", "Заірна", "nadia_zirna"),
    Member("bruno", 6_120_554_902, "Bruno", "Félix-Orme", "brunofo", is_premium=True),
    Member("saoirse", 733_190_246, "Saoirse", "Tully", "saoirse_tully", rank="Treasurer"),
    Member("jun", 2_044_870_319, "Jun", "朝霧", "asagiri_jun"),
    Member("theo", 5_540_018_277, "Théo", "Lanvers"),
    Member("petra", 381_662_094, "Petra", "Žižalová", "petra_zz", is_premium=True),
    Member("kofi", 7_003_415_588, "Kofi", "Ardayfio-Marsh", "kofi_am"),
    Member("hal", 190_775_423, "Hal", "Winterbrook", "halwinter", rank="Site keeper"),
    Member("dorrit", 902_118_764, "Dorrit", None, "dorrit_ep"),
    Member("emre", 1_377_209_650, "Emre", "Gökçeli", "emre_gok"),
    Member("wil", 6_588_341_007, "Wilhelmina", "Strandvik"),
    Member("lucia", 5_870_223_196, "Lucía", "Paredón", "lucia_p", is_premium=True),
    Member("anders", 254_606_981, "Anders", "Kjeldmo"),
    Member("mira", 7_214_906_338, "Мира", "Рассветова", "mira_rassvet"),
    Member("tove", 648_305_912, "Tove", "Lindhag"),
    Member("asta", 5_318_770_462, "Asta", "Brynhollow", "asta_bryn"),
    # Those below write nothing on this page; they are there because they reacted or voted.
    Member("silvan", 455_018_327, "Silvan", "Oberhuber"),
    Member("ayla", 5_901_276_448, "Ayla", "Demirsoy", "ayla_looks_up"),
    Member("pavel", 311_870_954, "Павел", "Лунин", "p_lunin"),
    Member("greta", 1_128_443_067, "Greta", "Fennimore", "gretafen", is_premium=True),
    Member("ruan", 6_377_915_204, "Ruan", "Penhallow"),
    Member("hoshi", 7_119_038_652, "星野", "Minato", "minato_hoshi"),
    Member("yara", 5_266_740_913, "Yara", "Coelho-Brandt"),
    Member("bela", 688_204_371, "Béla", "Csillag", "csillag_bela"),
    Member("nour", 2_093_556_718, "Nour", "Hadani", "nour_hadani"),
    Member("finn", 870_431_256, "Finn", "Aldersea"),
    Member("olena", 1_560_927_384, "Олена", "Вечірня", "olena_vechirnia"),
    Member("caius", 6_714_083_529, "Caius", "Bellweather", "caius_b"),
    Member("maren", 240_619_873, "Maren", "Toft"),
    Member("ilse", 5_037_281_640, "Ilse", "van der Sterre", "ilse_sterre", is_premium=True),
    Member("tomas", 933_758_102, "Tomáš", "Hvězdný"),
    Member("skyclock", 6_901_447_215, "Sky Clock", None, "skyclock_nl_bot", is_bot=True),
)

POSTS = (
    Post(
        "marta",
        "Good evening all! New moon is on the 12th, so let's settle **which night** we go up to Heron Moor. "
        "Forecast talk goes here, kit talk in the pinned checklist please 🙏",
        reactions="👍11 🔭4",
    ),
    Post(
        "hal",
        "The gate will be open from 18:30. Track is dry, but take it slowly after the second cattle grid, the "
        "ditch on the left has eaten one hubcap already this year.",
        minutes=4, reactions="😁6 👍3",
    ),
    Post(
        "bruno",
        "That hubcap was mine and I want it back, preferably with the same dent on it. There is a reward: "
        "**one** dinner at @martaq's expense.",
        minutes=1, reply=1, reactions="🤣14 ❤3",
    ),
    Post(
        "bulletin",
        "**Comet Ardley brightens again.** Observers report magnitude 6.1 with a tail of nearly two degrees. "
        "Best seen low in the north-east from about 03:40; a pair of 10×50 binoculars is enough.\n\nFinder "
        "chart: https://northlight.example.org/comets/ardley #comet #ardley",
        minutes=9, reactions="🔥32 👍21 ❤9", media="webpage:ardley",
    ),
    Post(
        "saoirse",
        "6.1! It was 7.4 when I looked on Sunday 😳 And that was through the murk above the harbour. If it "
        "keeps this pace it will be **naked-eye** by the weekend, at least for people who do not live next to "
        "a stadium.",
        minutes=3, reply=1, reactions="😱5",
    ),
    Post(
        "oleg",
        "В 12×80 хвост видно уверенно, длина около полутора градусов. Голова заметно **зеленоватая**. Смотрел "
        "с балкона, засветка средняя.",
        minutes=6, reply=2, reactions="👍7 👏2",
    ),
    Post(
        "nadia",
        "Заздрю! У нас третій день хмари ☁️ Сподіваюся, до п'ятниці розійдеться. Якщо ні, візьму [спектри "
        "минулого тижня](https://northlight.example.org/files/spectra) і хоча б посиджу з ними вдома.",
        reply=1, reactions="😢4",
    ),
    Post(
        "jun",
        "Ran last night's frames through the stack, 42 × 90 s at ISO 1600, f/4. Star trailing on the comet is "
        "the comet's own motion, the mount behaved for once.",
        minutes=12, reactions="🔥19 😍8 👏6", media="photo",
    ),
    Post(
        "theo",
        "Magnifique ! Quel logiciel pour l'empilement ? Le mien décale les étoiles d'un pixel toutes les vingt "
        "images, c'est à devenir fou.",
        minutes=3, reply=1,
    ),
    Post(
        "jun",
        "My own script, honestly. The important part is two passes:\n```python\nfor frame in frames:\n    "
        "frame.align(on=\"stars\")\nstack = median(frames)\ncomet = median(f.align(on=\"nucleus\") for f in "
        "frames)\n```\nThen blend with a mask.",
        minutes=5, reply=1, reactions="👏5 🤓3", edited=True,
    ),
    Post(
        "petra",
        "Pošlu ti moje darky a flaty, jestli chceš porovnat. Teplota čipu byla −10 °C celou noc. Je to ve "
        "složce **September**, soubory `dark_300s_01` až `dark_300s_40`.",
        minutes=4, reply=2,
    ),
    Post(
        "kofi",
        "First time joining a moor night, what do I actually need? I have an 8 inch dobsonian, a warm coat and "
        "a lot of enthusiasm. I have read the page on the site twice, but it assumes that I know what a "
        "**Telrad** is, and by now I am too embarrassed to ask. Also, is there a place to plug in a dew "
        "heater, or does everybody bring a battery?",
        minutes=7, reactions="❤12 👍4",
    ),
    Post(
        "hal",
        "Enthusiasm is the heaviest item, glad you packed it. Otherwise: **red** torch, dew shield, something "
        "to sit on, flask. And put tape over every LED you own.",
        reply=1, reactions="👍9 😁5",
    ),
    Post(
        "dorrit",
        "And biscuits. The __unwritten rule__ is that newcomers bring biscuits.",
        minutes=1, reply=2, reactions="😁8 🤣2",
    ),
    Post(
        "kofi",
        "Written down now, so noted. Ginger or oat? I can also do a batch without nuts, if somebody tells me "
        "before __Thursday evening__ that it is needed.",
        minutes=1, reply=1,
    ),
    Post("dorrit", "Yes", minutes=1, reply=1, reactions="🤣11"),
    Post(
        "marta",
        "Here is the updated checklist, two pages, print it single-sided so that you can scribble on the back. "
        "Changes since spring are in **bold**. Read page two even if you have come for ten years, the part "
        "about the **new gate code** and the part about thermos lids are there for a reason.",
        minutes=8, reactions="👍15", media="file:checklist",
    ),
    Post("marta", "", minutes=1, reply=1, action="pin"),
    Post(
        "emre",
        "Tripod ayaklarımın biri eksik 🙈 does anybody have a spare `M8×20` bolt? I can pay in baklava. It went "
        "missing somewhere between the car park and the second wall, so if your dog brings you something "
        "shiny, __please do not throw it__. Photo of the remaining two legs for sympathy.",
        minutes=14, media="photo",
    ),
    Post(
        "wil",
        "I have a whole jam jar of M8 bolts, do not ask why. I will bring six. Stainless, with **wing nuts**, "
        "so you can do them up with gloves on.",
        reply=1, reactions="❤6 👍2", media="photo",
    ),
    Post(
        "emre",
        "Six bolts, one tray of baklava, the deal is made 🤝 Pistachio for the committee, walnut for everyone "
        "else, and a separate box marked **observers only**, because @halwinter counts as neither after last "
        "spring.",
        minutes=1, reply=1, reactions="😁4 🔥2",
    ),
    Post(
        "lucia",
        "¿Alguien sube en coche desde el pueblo? Voy con una maleta y el trípode, nada más. Puedo pagar "
        "gasolina y traer café. Puedo esperar en el __Café Mirador__ desde las cinco.",
        minutes=11,
    ),
    Post(
        "anders",
        "I pass the old station at 17:50 with two free seats. Big boot, but Bruno's refractor already has the "
        "diagonal of it booked. If a third person fits between the tripod and the roof, they are welcome too.",
        minutes=4, reply=1, reactions="👍5",
    ),
    Post(
        "lucia",
        "Perfecto, en la estación a las 17:50 ✨ Llevo el termo grande y unas **empanadas** que hizo mi madre, "
        "así que nadie pasa hambre en la subida.",
        minutes=1, reply=1, reactions="👍2",
    ),
    Post(
        "bruno",
        "The refractor apologises for its length and promises to hold still this time. It has been measured, "
        "twice, with a tape *__and__* with regret. See `packing_v3.txt` if you think there is room for a chair.",
        minutes=3, reply=2, reactions="🤣7",
    ),
    Post(
        "mira",
        "Кто-нибудь пробовал снимать комету без гида, с выдержками по 15 секунд? Думаю взять только "
        "астротрекер, чтобы не тащить аккумулятор на холм. И второй вопрос: что лучше брать, `ISO 800` с "
        "шестью минутами общей выдержки на кадр или `ISO 3200` и много коротких?",
        minutes=22,
    ),
    Post(
        "oleg",
        "Пробовал, на 135 мм вполне нормально. Снимай побольше кадров: `300 × 15 с` лучше, чем одна минута с "
        "дрожащим ветром. И выключи стабилизатор!",
        minutes=3, reply=1, reactions="👍6",
    ),
    Post(
        "mira",
        "Спасибо! Стабилизатор я бы точно забыла 😅 А батарейки к нему подходят обычные, или нужно искать "
        "что-то особенное? На морозе мои садятся за __сорок минут__.",
        minutes=1, reply=1, reactions="❤3",
    ),
    Post(
        "skyclock",
        "**Heron Moor, Friday**\nSunset 19:21 · astronomical dusk **21:14** · moonset 18:02\nDarkest between "
        "`22:30` and `04:10`, seeing 2.1″, transparency good\n\nUse /night for another date, /comet for "
        "tonight's targets",
        minutes=6, reactions="👍9",
    ),
    Post(
        "tove",
        "Is that seeing estimate for the valley or for the top? Last month it said 2″ and we had stars like "
        "boiling peas. I had to drop from `240×` to `95×` and pretend that this was the plan all along.",
        minutes=3, reply=1, reactions="😁9",
    ),
    Post(
        "marta",
        "For the top, @halwinter moved the sensor in August. I trust it within half an arcsecond, not more. If "
        "you want the raw readings, they are [here](https://northlight.example.org/sensor/raw), one line a "
        "minute.",
        reply=1,
    ),
    Post(
        "hal",
        "It now sits on the north wall where the sheep cannot reach it. Probably. If it reports **minus "
        "forty**, that is not clear sky, that is a ewe leaning on the thermopile. It happened once and we "
        "drove up for nothing.",
        minutes=1, reply=1, reactions="🤣12 👍1",
    ),
    Post(
        "saoirse",
        "Treasurer hat on 🎩: 14 people have paid for the key deposit, {Theo|theo} and {Tove|tove} are the last "
        "two. It is 12.50, returned when you return the key. Details: [club "
        "accounts](https://northlight.example.org/members/accounts?year=this)",
        minutes=15, reactions="👍4",
    ),
    Post(
        "theo",
        "Payé à l'instant, pardon pour le retard ! J'avais mis un rappel, puis un rappel du rappel, puis j'ai "
        "éteint le téléphone. La clé reste sur le **porte-clés rouge**, promis.",
        minutes=5, reply=1, reactions="👌2",
    ),
    Post(
        "tove",
        "Paid as well. In my defence the invoice went to the folder where invoices go to sleep. Next time "
        "please send it to me __and__ to my sister, she opens things.",
        minutes=4, reply=2, reactions="😁5",
    ),
    Post(
        "marta",
        "So that we stop guessing, please vote. Both nights only if you would really come to both. The poll "
        "closes when @skyclock_nl_bot says so, or when I lose patience, **whichever comes first**. If you "
        "cannot come at all, please vote too, because the tea urn is heavy and I would like to know for how "
        "many we carry it.",
        minutes=18, reactions="👍3", media="poll",
    ),
    Post(
        "petra",
        "Voted. Friday has the better forecast in two of three models, Saturday has the better pub. I ran the "
        "numbers on the last `36` nights: when these two agree, they have been right on **29** of them.",
        minutes=3, reply=1, reactions="😁13 👍2",
    ),
    Post(
        "anders",
        "The models disagree only on the high cloud after two. I would take Friday and go to sleep happy. For "
        "what it is worth, the ridge kept the last three fronts to the __west__ of us until sunrise.",
        reply=1,
    ),
    Post(
        "nadia",
        "П'ятниця. У суботу в мене потяг о шостій ранку, я просто не встану 😴 Але якщо всі інші можуть лише в "
        "суботу, то переживу: візьму квиток на вечір, а спати буду в дорозі. Головне, щоб __не скасували__ "
        "через вітер.",
        reply=3,
    ),
    Post(
        "ines",
        "Friday for me too. I'll bring the spectroscope, if somebody gives me ten minutes on a big mirror: I'd "
        "like to try the green bands of the coma (`C₂`, around **516 nm**).",
        minutes=6, reactions="🔥8 🤓6 ❤2",
    ),
    Post(
        "jun",
        "Ten minutes on the 16 inch are yours, after that I charge in lens cloths. Clean ones. The last "
        "visitor brought a tea towel and I still find lint in the __focuser__.",
        reply=1, reactions="😁6",
    ),
    Post(
        "ines",
        "Accepted. I own an embarrassing number of lens cloths. One of them even matches my **red torch**. I "
        "will be there at nine with the grating, the adapter and the small table, so please leave a flat spot "
        "near the wall.",
        minutes=1, reply=1, reactions="😁3",
    ),
    Post("wil", "", minutes=9, reply=2, reactions="❤4", media="sticker"),
    Post(
        "hal",
        "Parking plan, drawn with the full power of my artistic education. North is up, mostly. **Red** is "
        "where nobody parks, __blue__ is where Bruno parks anyway.",
        minutes=25, reactions="🤣9 👏4", media="photo",
    ),
    Post(
        "kofi",
        "Is the brown shape a barn or a very large sheep? And is the spiral in the corner a galaxy, a "
        "whirlpool, or the place where the pen ran out?",
        reply=1, reactions="🤣16",
    ),
    Post(
        "hal",
        "Barn. The sheep is to scale, look closer. The spiral is the turning circle, as you would know if you "
        "had ever met the postman's van there at **six** in the morning.",
        minutes=1, reply=1, reactions="🤣10",
    ),
    Post(
        "bulletin",
        "**Friday night: programme**\n19:30 meet at the barn\n20:00 short talk, __how to sketch a comet__\n"
        "21:15 dark sky, red light only\n03:40 Comet Ardley\n05:00 tea for the survivors\n\nGuests are welcome "
        "with a member. Questions to @northlight_club",
        minutes=31, reactions="🔥17 👍29 ❤11",
    ),
    Post(
        "dorrit",
        "“Tea for the survivors” should be the title of our yearbook. Or of the documentary. I would watch "
        "that documentary, as long as nobody films me before the second cup.",
        minutes=4, reply=1, reactions="😁15 ❤5", quote="tea for the survivors",
    ),
    Post(
        "saoirse",
        "I second that, and I have budget for exactly one (1) yearbook. So choose a good cover photo. My vote "
        "goes to the one with **eleven** people pointing in eleven directions and #ardley right above all of "
        "them.",
        reply=1, reactions="😁4",
    ),
    Post(
        "emre",
        "Who gives the talk? I remember the drawings from last year, mine looked like a jellyfish with a bad "
        "day. And will there be a **warm** place for it? My pencils survived, my fingers wrote a complaint.",
        minutes=7, reply=3,
    ),
    Post(
        "petra",
        "I do! Bring a soft pencil, **2B** or so, and ordinary paper, not glossy. I will show how to smudge a "
        "coma with a fingertip instead of fighting it.",
        minutes=3, reply=1, reactions="❤10 👍3",
    ),
    Post(
        "lucia",
        "¡Me apunto! Dibujo fatal, pero con mucha ilusión ✏️ La última vez dibujé una nebulosa y mi sobrino "
        "preguntó si era un __calamar__.",
        reply=1, reactions="❤6",
    ),
    Post(
        "mira",
        "Можно прийти с дочкой? Ей девять, у неё свой бинокль и очень много вопросов про чёрные дыры 🕳",
        minutes=13, reactions="❤13",
    ),
    Post(
        "marta",
        "Of course! Children go first at every eyepiece, that one __is__ a written rule. There is a step stool "
        "next to the big dobsonian, and {Hal|hal} keeps the __good__ cocoa in the locked cupboard, code as "
        "always.",
        reply=1, reactions="❤17 👍6",
    ),
    Post(
        "anders",
        "Recorded the wind on the hill this afternoon, judge for yourselves whether tents make sense",
        minutes=16, media="voice",
    ),
    Post(
        "hal",
        "That is not wind, that is Anders breathing into the microphone after carrying one eyepiece case up "
        "**four** steps. I was there. I carried the other three.",
        minutes=3, reply=1, reactions="🤣18 😁3",
    ),
    Post(
        "anders",
        "Fine. Twenty seconds later you hear the actual wind, and it is **nine** metres a second by my little "
        "anemometer. At ten I stop trusting tents, at twelve I stop trusting chairs.",
        reply=1, reactions="😁4",
    ),
    Post(
        "theo",
        "Neuf mètres par seconde, avec un Newton de 250, c'est une voile. Je prendrai les sangles et deux sacs "
        "de sable.",
        minutes=4, reply=1, reactions="👍3 😁2",
    ),
    Post(
        "bruno",
        "Weights on the tripod, not on the mount head, ask me how I know. The mount forgives a lot, it does "
        "not forgive a heavy hat on a `45°` slope.",
        reply=1, reactions="😁7",
    ),
    Post(
        "jun",
        "How do you know? Asking for a friend, whose mount now points permanently at the neighbours.",
        minutes=1, reply=1, reactions="🤣5",
    ),
    Post(
        "bruno",
        "||It involved a counterweight, a slope and the same hubcap|| I have since bought a **spirit level** "
        "and I am a changed man.",
        minutes=1, reply=1, reactions="🤣21 😱4",
    ),
    Post(
        "nadia",
        "Ось мій тестовий кадр Плеяд із міста, 20 хвилин загалом. Градієнт від ліхтаря прибирала вручну, тому "
        "кути трохи дивні.",
        minutes=28, reactions="😍9 🔥7 👍4", media="photo",
    ),
    Post("nadia", "", minutes=0, media="photo", album=True),
    Post(
        "ines",
        "The nebulosity round Merope is really there! From a __city__! What filter? I need at least a hundred "
        "subs before I dare to say I see it, and you have it in the __first__ stretch.",
        minutes=3, reply=2, reactions="👍2",
    ),
    Post(
        "nadia",
        "Без фільтра, просто дуже багато кадрів і терпіння 🙂 Десь **240** по п'ять секунд. Усе складала в "
        "`stack.py` від Юна, дякую йому величезне.",
        reply=1, reactions="❤8",
    ),
    Post(
        "saoirse",
        "Reminder for the rota, please reply with a ✋ if you can take a slot:\n• 18:30 gate, **one person**\n• "
        "20:30 tea urn, two people\n• 05:00 headcount and locking up, two people who can still count",
        minutes=19, reactions="✋5",
    ),
    Post(
        "wil",
        "✋ gate, and I can stay until 20:00 so that latecomers do not climb over it again (you know who you "
        "are, @brunofo).",
        minutes=3, reply=1, reactions="👍1",
    ),
    Post(
        "kofi",
        "✋ tea urn, I can be trusted with hot water. I was a **barista** for two years, so expect foam, and "
        "expect opinions about the urn.",
        reply=2, reactions="👍2 😁3",
    ),
    Post(
        "tove",
        "✋ locking up. I am a nurse, five in the morning is my lunch break.",
        minutes=4, reply=3, reactions="❤7 👏3",
    ),
    Post(
        "dorrit",
        "✋ tea urn as well, somebody has to guard the biscuits from Kofi. I shall keep a tally in "
        "`biscuits.csv` and publish it with the minutes.",
        minutes=1, reply=2, reactions="🤣6",
    ),
    Post(
        "oleg",
        "Я закрываю вместе с Туве. Ключ от сарая у меня, запасной висит у Хэла. И ещё: в сарае лежат два "
        "одеяла и **красный фонарь**, пользуйтесь, только потом повесьте обратно на крючок, а не туда, где в "
        "прошлый раз их искали до мая.",
        minutes=5, reply=2, reactions="👍4",
    ),
    Post(
        "petra",
        "Time lapse from the last session, the bright thing crossing at 0:07 is a plane, __not__ what my uncle "
        "says it is.",
        minutes=26, reactions="🔥13 😍5 🤣4", media="video",
    ),
    Post(
        "lucia",
        "Qué maravilla, se ve cómo gira todo alrededor de la polar 😍 ¿Puedo usarlo en la charla del colegio? "
        "Pongo el nombre de Petra y del club, claro, y el enlace a [la "
        "galería](https://northlight.example.org/gallery).",
        reply=1, reactions="❤3",
    ),
    Post(
        "emre",
        "Your uncle and my aunt must never meet. Mine photographs a **street lamp** every new year and sends "
        "it to the newspaper, with coordinates.",
        reply=2, reactions="🤣9",
    ),
    Post(
        "mira",
        "Нашла хорошую статью о том, как оценивать блеск кометы методом Бобровникова, с примерами и таблицей: "
        "https://sketchbook.example.net/comet-magnitudes",
        minutes=21, reactions="👍10 🤓3", media="webpage:magnitudes",
    ),
    Post(
        "oleg",
        "Отличная таблица. Только не забудьте про поправку за высоту: у горизонта комета «теряет» до половины "
        "величины.",
        minutes=4, reply=1, reactions="👍6",
    ),
    Post(
        "ines",
        "For those without Cyrillic: you defocus the stars until they look as big as the coma, then compare. "
        "The table in the middle needs no translation.",
        minutes=3, reply=2, reactions="👍8 ❤4",
    ),
    Post(
        "kofi",
        "So I make everything blurry on purpose? Finally something I am good at. Do I write down the star I "
        "compared with as well, or only the result? I made a small form with `date`, `star A`, `star B`, "
        "`steps`.",
        reply=1, reactions="🤣13",
    ),
    Post(
        "skyclock",
        "**Comet Ardley, Heron Moor**\nRA `05h 41.2m` Dec `+38° 17′` · mag **6.0** · elongation 74°\nRises "
        "00:52, highest before dawn 61°, moon below the horizon all night",
        minutes=8, reactions="🔥6",
    ),
    Post(
        "jun",
        "Sixty-one degrees. No excuses about the horizon haze, then 🙃 The last object I caught below twenty "
        "degrees was a **pigeon**.",
        reply=1, reactions="😁5",
    ),
    Post(
        "theo",
        "J'ai enfin collimaté le miroir. Trois heures, deux tournevis et un vocabulaire que je ne répéterai "
        "pas ici.",
        minutes=33, reactions="🤣8 👏6", media="photo",
    ),
    Post("bruno", "", reply=1, reactions="🤣7", media="gif"),
    Post(
        "marta",
        "Poll is closing tonight. So far Friday leads by a lot, so plan for **Friday**, with Saturday as the "
        "backup if the cloud sensor says no by 16:00. I'll write here __either way__.",
        minutes=17, reactions="👍18 🔥3", edited=True,
    ),
    Post(
        "wil",
        "What does the sensor cost, by the way? I'd like one for the garden. The neighbour's cat has opinions "
        "too, but they are not __calibrated__.",
        minutes=4,
    ),
    Post(
        "hal",
        "The parts came to about 60. Source and drawing are here, build it on a rainy day: [cloud sensor "
        "notes](https://northlight.example.org/wiki/cloud-sensor). The only trap is that the thermopile must "
        "see **nothing but sky**.",
        minutes=5, reply=1, reactions="👍9 ❤2", media="webpage:sensor",
    ),
    Post(
        "anders",
        "Mine saw a gutter for a year and reported perfect weather whenever it rained. It is on a pole now, "
        "two metres away from everything, and has been **honest** ever since.",
        reply=1, reactions="🤣14",
    ),
    Post("asta", "", minutes=12, action="joined"),
    Post(
        "saoirse",
        "Welcome! Please say hello when you find a minute, and tell us what you observe with, we do not judge. "
        "Much. Newcomers usually pair up with somebody for the first night; {Tove|tove} and {Hal|hal} have "
        "room, and both explain **better** than I do.",
        minutes=1, reactions="👋6 😁3",
    ),
    Post(
        "asta",
        "Hello! Asta, a 4 inch refractor on a home-made alt-az mount, mostly double stars and the Moon because "
        "my street has opinions about lighting. I have never seen a comet with a tail, so I will be unbearable "
        "on Friday. Is there anything a beginner should read before?",
        minutes=7, reply=1, reactions="❤15 👋8",
    ),
    Post(
        "jun",
        "Nothing to read, something to practise: go out for twenty minutes **without any light**, then try to "
        "find the double cluster by star-hopping from Cassiopeia. If you manage that you will find the comet "
        "too. Charts for both are in the folder #beginners, and the one by Petra has the nicest handwriting.",
        minutes=6, reply=1, reactions="👍11 ❤4 👏2",
    ),
    Post(
        "petra",
        "Mapa příjezdu pro nové: odbočka je hned za kostelem, značka je otočená špatným směrem už deset let. "
        "Kdo dojede k mlýnu, jel moc daleko. Volejte, nebo napište `/where` botovi @skyclock_nl_bot.",
        minutes=9, reactions="👍5", media="venue",
    ),
    Post(
        "dorrit",
        "I checked the urn. It works, it leaks, it has always leaked. Bring a bowl. I also found the "
        "**missing** ladle, two left gloves and last year's quiz answers, which explains last year's quiz.",
        minutes=14, reactions="😁7", media="photo",
    ),
    Post(
        "kofi",
        "Bowl packed, biscuits packed (__both__ kinds). Telescope: still deciding which half fits in the car.",
        minutes=3, reply=1, reactions="❤8", media="photo",
    ),
    Post(
        "tove",
        "Take the half with the mirror 😄 and mail the tube. Seriously though: my estate car is half empty, I "
        "pass your street at about **17:20**, just send me the house number.",
        minutes=1, reply=1, reactions="🤣10",
    ),
    Post(
        "ines",
        "Packed as well: spectroscope, 22 lens cloths, and a song I recorded for the drive. Sorry in advance.",
        minutes=12, reactions="❤7 😁3", media="audio",
    ),
    Post(
        "bulletin",
        "**Clear skies confirmed.** The sensor reads −31 °C above Heron Moor, wind is easing to 4 m/s by dusk. "
        "We go __tonight__. Gate from 18:30, drive slowly, lights off at the last bend. #friday",
        minutes=35, reactions="🔥41 ❤18 🎉12",
    ),
    Post(
        "nadia",
        "Ура! 🎉 Їду першою електричкою. Хто забере мене на станції о **17:50**? Маю рюкзак, штатив і торт, "
        "торт нікому не віддам до світанку.",
        minutes=1, reply=1, reactions="🎉6",
    ),
    Post(
        "emre",
        "Baklava is in the car. The telescope too, but please note the order.. There is a spare seat for "
        "anyone who is willing to hold the tray __level__ for forty minutes.",
        reply=2, reactions="🤣12 ❤5", media="photo",
    ),
    Post(
        "marta",
        "See you all on the hill. Whoever sees the comet first owes everybody else the coordinates, not just a "
        "shout 🔭✨ And thank you all for the lifts, the bolts, the biscuits and the drawings, this is the part "
        "I like best about this club. __Clear skies!__",
        minutes=3, reply=3, reactions="❤16 🔥9 👍7",
    ),
    Post(
        "hal",
        "Gate is open. Sky is ridiculous. Hurry. I counted **seven** stars in the Pleiades with my bare eyes "
        "and there is still light in the west. Bring the thick socks.",
        minutes=48, reactions="🔥23 😍11 ❤6", media="photo",
    ),
)
