"""The five broad ethnic groups of the Census 2021: the one table of the words that belong to each."""

import re

MIXED = "Mixed or multiple ethnic groups"
_GROUPS = {
    "Asian or Asian British": (
        r"Asian|British Asian|South Asian|East Asian|Bangladeshi|Bengali|Pakistani|Kashmiri|Indian|Punjabi|"
        r"Gujarati|Tamil|Sri Lankan|Nepali|Nepalese|Chinese|Vietnamese|Thai|Filipino|Filipina|Japanese|Korean|"
        r"Malaysian|Malay|Indonesian|Burmese|Rohingya|Cambodian|Mongolian|Tibetan|Afghan|Afghani|Pashtun|"
        r"Hazara|Bhutanese|Tajik|Turkmen|Kyrgyz|Taiwanese|Singaporean|Laotian|Hmong|Maldivian|Gurkha|"
        r"Hong Kong(?: Chinese)?"
    ),
    "Black, Black British, Caribbean or African": (
        r"Black(?: British| African| Caribbean| Other)?|African(?:[- ]Caribbean)?|Afro-Caribbean|Caribbean|"
        r"Jamaican|Nigerian|Yoruba|Igbo|Ghanaian|Somali|Somalian|Eritrean|Ethiopian|Sudanese|South Sudanese|"
        r"Congolese|Ugandan|Kenyan|Zimbabwean|Gambian|Sierra Leonean|Liberian|Ivorian|Cameroonian|Rwandan|"
        r"Angolan|Guinean|Senegalese|Malian|Tanzanian|Zambian|Malawian|Barbadian|Trinidadian|Haitian|"
        r"Dominican|Grenadian|South African|Burundian|Mozambican|Togolese|Beninese|Namibian|Ghanian|Guyanese|"
        r"Oromo|Tigrayan|Amhara|Hausa|Chadian|Djiboutian|Gabonese|Malagasy|Zulu|Xhosa|Swazi|Cape Verdean|"
        r"Rastafarian"
    ),
    MIXED: (
        r"(?:mixed|dual)(?:[- ](?:race|heritage|ethnicity|parentage|background|descent|origin))?(?:,?"
        r" ?(?:\()?White (?:and|&) (?:Black )?\w+(?: \w+)?)?|White (?:and|/|&) (?:Black|Asian)(?:"
        r" (?:African|Caribbean))?|biracial|multiple heritage|Anglo-Indian"
    ),
    "White": (
        r"White(?: British| Irish| English| Scottish| Welsh| European| Other| UK)?|British White|"
        r"Irish(?: Traveller)?|Romany|Roma|Romani|Gypsy(?: Roma)?|Traveller|Polish|Romanian|Latvian|"
        r"Lithuanian|Estonian|Czech|Slovak|Slovakian|Hungarian|Bulgarian|Albanian|Kosovan|Kosovar|Serbian|"
        r"Croatian|Bosnian|Slovenian|Macedonian|Moldovan|Ukrainian|Russian|Belarusian|Georgian|Armenian|Greek|"
        r"Greek Cypriot|Cypriot|Italian|Spanish|Portuguese|French|German|Dutch|Belgian|Austrian|Swiss|Danish|"
        r"Swedish|Norwegian|Finnish|Icelandic|Maltese|American|Canadian|Australian|Eastern European|"
        r"Montenegrin|Luxembourgish|Basque|Catalan|New Zealander|Chechen|Kosovan[- ]Albanian|Scottish|Welsh"
    ),
    "Other ethnic group": (
        r"Arab|Arabic|Kurdish|Turkish|Turkish Cypriot|Iranian|Persian|Iraqi|Syrian|Yemeni|Yazidi|Lebanese|"
        r"Palestinian|Jordanian|Egyptian|Moroccan|Algerian|Tunisian|Libyan|Saudi|Kuwaiti|Israeli|Brazilian|"
        r"Colombian|Bolivian|Ecuadorian|Peruvian|Venezuelan|Mexican|Chilean|Argentinian|Latin American|"
        r"South American|Berber|Bidoon|Uzbek|Kazakh|Uyghur|Fijian|Samoan|Maori|Chagossian|Cuban|Honduran|"
        r"Guatemalan|Salvadoran|Nicaraguan|Uruguayan|Paraguayan|Tongan|Inuit|Omani|Emirati|Qatari|Bahraini|"
        r"Azerbaijani|Coptic|Druze|Ahmadi|Jain|Zoroastrian|(?:Plymouth |Exclusive )?Brethren|"
        r"(?:Orthodox |Haredi |Charedi |Hasidic )?Jewish|Sikh|Muslim|Hindu|Buddhist|Mormon|"
        r"Jehovah['’]s Witness"
    ),
}
_SAID_OF_PEOPLE = (
    r"(?:ethnicity|heritage|origin|descent|background|parentage|extraction|nationality|national|community|family)"
)
ETHNICITY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<g{number}>{words})' for number, words in enumerate(_GROUPS.values()))})(?: "
    rf"(?:and )?{_SAID_OF_PEOPLE})?(?![\w-])".replace(" ", r"\s"),
    re.I,
)


def broad_groups(words: str) -> list[str]:
    """The broad group of each ethnic group that words name, in any case and in their order."""
    return [group_of(match) for match in ETHNICITY.finditer(words)]


def group_of(match: re.Match[str]) -> str:
    return next(name for number, name in enumerate(_GROUPS) if match[f"g{number}"])
