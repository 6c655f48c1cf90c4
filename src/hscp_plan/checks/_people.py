"""Whether capitalised words are somebody's name, or a plan's own words.

There is no list of the names that children have, and there should be none: what is listed is what
partnerships write with a capital that is nobody's name. Words that are also common surnames
(Young, Grant, Page) are left out; the word beside them decides.
"""

from __future__ import annotations

import re
from functools import cache

_WORDS = """
a about above accommodation accountable achieved act action actions activity add added addressed
adolescence adolescent adolescents adopted adoption adult adults advice advisor advisory advocacy
advocate after age aged agencies agency agenda agreed aim all alliance alternative ambulance an
analysis and annex annual any apart appendix approach area areas arrangements asian ask assessment
assessments assistant associate association assurance assured asylum at attainment attendance audit
audited audits authorities authority autism autistic available avenue awareness babies baby
bangladeshi bank barnardo barnardo's baseline be before begun behaviour better between birth board
boards borough both boy boys break breakfast breaks brief briefing briefings bringing britain
british brother brothers budget building bulletin business by cabinet cafcass call camhs campaign
campus cannabis care care-leavers career careers carer carers caribbean case cases category
caucasian cdop centre centres chair chairs challenge change changes channel chapter charter check
checklist child childcare childline childminder children children's chronology cin circle city
civic class classes clinic clinical cllr close closed club clubs coast code cohort collaborative
college colleges commission commissioned commissioner commissioners commissioning committee common
communication communities community company complete completed completion complex compliance
concern concerns conference conferences confirmed connect connected consent consultant consultation
contact context contextual continue continuing continuum contract coordinator coroner corporate
council councillor councils counselling county course courses court courts cover covid cps crescent
criminal criteria crown csa cse culture curriculum custody cycle daily dame dashboard data date
days deaf death deaths december decision decisions deep delivered delivery department deputy
designated detained detective developed developing development dfe dhsc diocese direct director
directorate disability disabled discharge discussion discussions district diversity division doctor
document domestic dr draft drive drop-in drug drugs dsl dsls duties duty each early east eastern
economic education educational effective effectiveness eight eighteen eleven emergency emotional
employment encompass end engagement england english enquiry entitlement environment equality estate
estates ethnic ethnicity europe european evaluation event evidence example excellence excluded
exclusion exclusions executive exploitation exploited external factor families family father
fathers february feedback female females fgm fifteen fifth figure final finance financial findings
fire first five flash focus follow-up football for force form forms forum foster fostered fostering
foundation four fourteen fourth framework france free friday friends from front full function fund
funding further gang gangs gardens gateway gcp gcse gcses general get gib girl girls go going
governance government governor governors gp graded great group groups grove guardian guidance guide
guideline gypsy had handbook happy harm harmful has have he head heading heads headteacher
headteachers health healthcare healthier healthy her here high higher his hm home homeless
homelessness homes hospital hospitals hotel hounslow hour hours house household households housing
hub hubs human icb ics identified identity if impact implementation implementing improve improved
improvement in in-year incident incidents inclusion increased increasing independent index indian
indicator indicators individual induction infant infants information initial initiative injuries
injury inquiry insight inspection inspections inspector inspectorate institute integrated interim
intervention interventions introduction irish irregular is issue issues it item its january job
joint journey july junior justice keep kept key keyworker lac lado lady lane language last later
launch launched lead leader leaders leadership leading leads league learner learners learning
leaver leavers legal level levels liaison library life list listening live living local locality
london looked lord lscb lscp lscpr lscprs made magistrates mainstream male males management manager
managers map mapping marac march mash maternal maternity maths matter measure measures media
medical medway meet meeting meetings member members mental mentor mentoring mentors met
metropolitan mews middle midwife midwifery midwives milestone minister ministry minor minority
minutes miss missing model models modern module monday monitoring month monthly months more mosque
mother mothers mps mr mrs ms multi multi-agency mum muslim mx my name named national need needs
neet neglect network new next nhs night nine nineteen no non nor north northern not note notes
notice notified november now number numbers nurse nursery nurses nursing objective objectives
october of off offence offences offender offenders offer office officer officers offices ofsted on
one one-page ongoing online only open operation operational opportunities opportunity or order
orders organisation organisations other our out out-of-hours outcome outcomes outreach over
overview paediatric paediatrician paediatrics pakistani panel panels paper papers parent parental
parenting parents parliament part participants participation partner partners partnership
partnerships pathway pathways patient patients peer people perinatal period permanence permanent
person personal personalised persons perspective phase phone phones physical pilot place placement
placements plan planned planning plans play playgroup police policies policy polish population post
poverty practice practitioner practitioners pre pregnancy pregnant premature prepared preschool
presentation prevent preventing prevention preventive primary principal principals principle
priorities priority prison private probation procedure procedures process prof professional
professionals professor profile programme programmes progress project projects proposal protect
protected protecting protection protocol provider providers providing provision psychiatrist
psychologist psychology public publication published pupil pupils purpose qualified quality quarter
quarterly question questionnaire questions quick race raising rape rapid rate rates reading ready
reception recommendation recommendations record recording records recovery reduce reduced reducing
referral referrals refuge refugee refugees region regional register registered registration
regulation rehabilitation relationship relationships religion report reported reporting reports
representative representatives research residential resilience resource resources respite response
responsibilities responsibility responsible restorative result results return returned returns rev
review reviewed reviewing reviews revised right rights risk risks road roma romanian room royal
safe safeguarding safely safer safety saturday say scale scheme school schools science scotland
scottish screening scrutineer scrutiny second secondary secretary section sector secure see self
semh senco sencos send september sergeant series serious service services session sessions setting
settings seven seventeen severe sex sexual sexually she should show sibling siblings signed
significant signs single sir sister sisters site six sixteen sixth sleep snap social society
solicitor somali some son sons south southern special specialist specialists speech spending sport
sports spring square staff stage stages standard standards start statement statements station
statistics status statutory stay steering step step-up steps strand strategic strategies strategy
street strengthening strengths stronger structure student students studies study sub sub-group
sub-groups subgroup subgroups substance suicide summary summit sunday super supervision support
supported supporting sure surgeon surgery survey surveys survivor survivors suspended suspension
syndrome syrian system systems table take-up target targeted targets task tasks teacher teachers
team teams technical teenage teenager teenagers teens tell template ten term terms terrace text
thames that the their them theme themed themes themselves therapeutic therapist therapists therapy
there these they think third thirteen this those three threshold thresholds thrive through thursday
tier time timeline timescale title to together tool toolkit tools topic total towards tower town
track tracker training transition transitions transport trauma trauma-informed traveller travellers
triage trial tribe tribunal troubled trust trusted trusts tuesday turkish twelve twenty twin twins
two type ukrainian unaccompanied under under-fives understand understanding undertaken unexpected
unit united units universal university until up update updated updates upon urban user users
vaccination value values venue version viability victim victims violence virtual vision visit
visited visiting visitor visits vocational voice voices volume voluntary volunteer volunteers
vulnerability vulnerable wales ward wards was we webinar webinars website wednesday week weekly
weeks welcome welfare well well-being wellbeing welsh were western what when where whether which
who whole why with within without witness women women's word work worker workers workforce working
workplan workshop workshops workstream world year yearly years yes yet yot you youngster your youth
youths zero zone
"""
PARTICLES = (
    *("al", "ap", "ben", "bin", "binti", "da", "de", "del", "den", "der", "di", "dos", "du"),
    *("el", "ibn", "la", "le", "van", "von"),
)
"""Small words within a name."""
_VOWELS = frozenset("AEIOUY")


@cache
def _plans_own() -> frozenset[str]:
    return frozenset(_WORDS.split())


def is_name(first: str, last: str) -> bool:
    """Whether these two words, as they stand, may be a person's first and last name."""
    return _may_be(first) and _may_be(last) and not (first.isupper() and last.isupper())


_APART = re.compile(r"[,;:/&()]|\b(?:and|for|on behalf of)\b")
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sir|Dame|Lady|Lord)\.?\s+")


@cache
def is_person(who: str) -> bool:
    """Whether who is named is, or begins with, a person rather than a role or group."""
    return any(_is_persons_name(part.strip()) for part in _APART.split(who))


def _is_persons_name(text: str) -> bool:
    """Whether a text is a name and nothing else: Jordan Smith, Mrs Smith, J. van der Berg."""
    titled = _TITLED.match(text)
    words = text[titled.end() if titled else 0 :].split()
    names = [word for word in words if word not in PARTICLES]
    if titled and len(words) == 1:
        return _may_be(words[0])
    return 2 <= len(names) <= 4 and all(map(_may_be, names)) and not all(map(str.isupper, names))


def _may_be(word: str) -> bool:
    """Whether a word may be part of a name: a capital, and no word of the plan's own. One all in
    capitals may be a surname; without a vowel it is an abbreviation."""
    plain = word.replace("’", "'").rstrip(".")
    small = plain.lower().removesuffix("'s")
    parts = small.split("-")
    if not plain[:1].isupper() or any(c.isdigit() or c == "_" for c in plain):
        return False
    if len(plain) == 1:
        return word.endswith(".")
    if plain.isupper() and (len(plain) < 4 or not _VOWELS & set(plain)):
        return False
    own = _plans_own()
    return small not in own and not all(part in own for part in parts)
