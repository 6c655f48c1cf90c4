"""The words that tell names from a plan's own words, and officers from families.

There is no list of the names that children have, and there should be none: what is listed is what
partnerships write that is nobody's name, and the words beside a name that say whose it is.
"""

from __future__ import annotations


def _these(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLANS_OWN = _these("""
a about above accelerate accommodation accountable achieved act action actions activity add added
addressed adolescence adolescent adolescents adopted adoption adult adults advance advice advisor
advisory advocacy advocate after age aged agencies agency agenda agreed aim align all alliance
alternative ambulance an analysis and annex annual any apart app appendix approach area areas
arrangements arts asian ask assessment assessments assistant associate association assurance assured
asylum at athletics attainment attendance audit audited audits authorities authority autism autistic
available avenue awareness babies baby bangladeshi bank barnardo barnardo's baseline be before begun
behaviour better between birth board boards boost borough both box boy boys break breakfast breaks
brief briefing briefings bringing britain british bronze brother brothers buddy budget build
building bulletin bullying business by cabinet cafcass cafe call camhs campaign campus can't
cannabis care care-leavers career careers carer carers caribbean case cases category caucasian cdop
celebrate centre centres chair chairs challenge champion champions change changes channel chapter
charter check checkers checklist child childcare childline childminder children children's
chronology cin circle city civic class classes clinic clinical cllr close closed club clubs coast
code cohort collaborate collaborative college colleges commission commissioned commissioner
commissioners commissioning committee common communicate communication communities community company
complete completed completion complex compliance concern concerns conference conferences confirmed
connect connected consent consultant consultation contact context contextual continue continuing
continuum contract coordinator coroner corporate council councillor councils counselling county
course courses court courts cover covid cps crescent criminal criteria crown csa cse culture
curriculum custody cycle daily dame dashboard data date days deaf death deaths december decision
decisions deep delivered delivery department deputy designated detained detective developed
developing development dfe dhsc diocese direct director directorate disability disabled discharge
discussion discussions district diversity division doctor document domestic don't dr draft drive
drop-in drug drugs dsl dsls duties duty each early east eastern economic educate education
educational educator educators effective effectiveness eight eighteen elevate eleven emergency
emotional employers employment empower encompass end engage engagement engages engaging england
english enhance enhancing enquiry entitlement environment equality establish establishing estate
estates ethnic ethnicity europe european evaluation event evidence example excellence excluded
exclusion exclusions executive expand expanding exploitation exploited external factor families
family father fathers february feedback female females fgm fifteen fifth figure final finance
financial findings fire first five flash focus follow-up football for force form forms forum foster
fostered fostering foundation four fourteen fourth framework france free friday friendly friends
from front full function fund funding further gang gangs gardens gateway gcp gcse gcses general get
gib girl girls go going gold governance government governor governors gp graded great group groups
grove guardian guidance guide guideline gypsy had handbook happy harm harmful has have he head
heading heads headteacher headteachers health healthcare healthier healthy her here high higher his
hm home homeless homelessness homes hospital hospitals hotel hounslow hour hours house household
households housing hub hubs human icb ics identified identity if impact implementation implementing
improve improved improvement in in-year incident incidents inclusion increased increasing
independent index indian indicator indicators individual induction infant infants information
initial initiative injuries injury inquiry insight inspection inspections inspector inspectorate
inspire institute integrated interim intervention interventions introduction invest investing irish
irregular is issue issues it item its january job joint journey july junior justice keep kept key
keyworker kit lac lado lady lane language last later launch launched lawmakers lead leader leaders
leadership leading leads league learner learners learning leaver leavers legal legislators level
levels leverage liaison library life list listening live living local locality london looked lord
lottery lscb lscp lscpr lscprs made magistrates mainstream male males management manager managers
map mapping marac march mash maternal maternity maths matter matters measure measures media medical
medway meet meeting meetings member members mental mentor mentoring mentors met metropolitan mews
middle midwife midwifery midwives milestone minister ministry minor minority minutes miss missing
model models modern modernise modernize module monday monitoring month monthly months more mosque
mother mothers mps mr mrs ms multi multi-agency mum muslim mx my name named national need needs neet
neglect network new next nhs night nine nineteen no non nor north northern not note notes notice
notified november now number numbers nurse nursery nurses nursing objective objectives october of
off offence offences offender offenders offer office officer officers offices ofsted on one one-page
ongoing online only open operation operational opportunities opportunity optimise optimize or order
orders organisation organisations other our out out-of-hours outcome outcomes outreach over overview
paediatric paediatrician paediatrics pakistani panel panels pantry paper papers parent parental
parenting parents parents' parliament part participants participation partner partnering partners
partnership partnerships passport paternal pathway pathways patient patients peer people perinatal
period permanence permanent person personal personalised persons perspective phase phone phones
physical pilot place placement placements plan planned planning plans play playgroup pledge pod
police policies policy policymaker policymakers polish population post poverty practice practitioner
practitioners pre pregnancy pregnant premature prepared preschool presentation prevent preventing
prevention preventive primary principal principals principle priorities priority prison private
probation procedure procedures process prof professional professionals professor profile program
programme programmes programs progress project projects promote promoting proposal protect protected
protecting protection protocol provider providers providing provision psychiatrist psychologist
psychology public publication published pupil pupils purpose qualified quality quarter quarterly
question questionnaire questions quick race raising rape rapid rate rates re readiness reading ready
reception recommendation recommendations record recording records recovery recruit recruitment
reduce reduced reducing referral referrals refuge refugee refugees region regional register
registered registration regulation rehabilitation relationship relationships religion report
reported reporting reports representative representatives research residential resilience resource
resources respite response responsibilities responsibility responsible restorative result results
retain retention return returned returns rev review reviewed reviewing reviews revised right rights
risk risks road roma romanian room royal safe safeguarding safely safer safety saturday say scale
scheme school schools science scotland scottish screening scrutineer scrutiny second secondary
secretary section sector secure see self semh senco sencos send september sergeant series serious
service services session sessions setting settings seven seventeen severe sex sexual sexually she
should show sibling siblings signed significant signs silver single sir sister sisters site six
sixteen sixth sleep snap social society solicitor somali some son sons south southern special
specialist specialists speech spending sport sports spring square staff stage stages stakeholder
stakeholders standard standards start statement statements station statistics status statutory stay
steering step step-up steps strand strategic strategies strategy streamline street strengthen
strengthening strengths stronger structure student students studies study sub sub-group sub-groups
subgroup subgroups substance suicide summary summit sunday super supervision support supported
supporting sure surgeon surgery survey surveys survivor survivors suspended suspension syndrome
syrian system systems table take-up talk talks target targeted targets task tasks teacher teachers
team teams technical teenage teenager teenagers teens tell template ten term terms terrace text
thames that the their them theme themed themes themselves therapeutic therapist therapists therapy
there these they think third thirteen this those three threshold thresholds thrive through thursday
tier time timeline timescale title to together tool toolkit tools topic total towards tower town
track tracker training transform transforming transition transitions transport trauma
trauma-informed traveller travellers triage trial tribe tribunal troubled trust trusted trusts
tuesday turkish twelve twenty twin twins two type ukrainian unaccompanied under under-fives
understand understanding undertaken unexpected unit united units universal university until up
update updated updates upon urban user users vaccination value values venue version viability victim
victims violence virtual vision visit visited visiting visitor visits vocational voice voices volume
voluntary volunteer volunteers vulnerability vulnerable wales ward wards was we webinar webinars
website wednesday week weekly weeks welcome welfare well well-being wellbeing welsh were western
what when where whether which who whole why with within without witness women women's won't word
work worker workers workforce working workplan workshop workshops workstream world year yearly years
yes yet yot you youngster your youth youths zero zone
""")
"""What partnerships write with a capital that is nobody's name. Words that are also common surnames
(Young, Grant, Page) are left out; the word beside them decides."""
EVERYBODYS = _these("""
per apiece
able about absent abusive across afterwards again ago alleged allegedly alone already also although
always am anonymous another any anybody anyone anything anyway are around asked attended autistic
aware away back badly because been began begun being best bit both bought briefly bullied but called
calling came can cannot carefully carried carrying certainly changed clearly come concerned
confidential correct could currently dealt deleted did directly disclosed do does doing done down
due during earlier either else enough eventually every everybody everyone everything excluded
expected felt few finally formally found fully further gave given go goes going gone got greatly had
half happened happy hardly has have having heard held help her herself hidden him himself how
however hurt i if immediately initially injured instead into it's itself just kept known largely
lately left less lets like likely little living long lost lot made mainly many may maybe me
mentioned merely met might mine misspelt more moreover most mostly moved much must myself named near
nearly needed needing neither never newly nobody none nor normally not nothing now nowhere obviously
occasionally off often once one's only onto others otherwise ought ours over own particularly
perhaps please possibly pregnant present presently previously probably properly put quickly quite
ran rang rarely rather readily really recently redacted refused regularly repeatedly reported
requested safe said same saw says scared seem seemed seems seen sent separately several shall
shortly sick simply since slightly slowly so some somebody somehow someone something sometimes
somewhat somewhere soon spelt spoken staying still struggling subsequently such suddenly swiftly
take taken talked talking tends than then there therefore they'll thinking though throughout thus
till today together told tomorrow tonight too took toward tried truly twice unable unhappy unknown
unless unlikely unsure until unwell upset us usually very via violent violently visiting waiting
want wanted wants was way went were whatever whenever wherever whichever while will willing wish
wished withheld within without won't worried would wrong wrote yesterday yourself
""")
"""What stands where a name typed in small letters might."""
PARTICLES = (
    *("al", "ap", "ben", "bin", "bint", "binti", "da", "de", "del", "della", "den", "der", "di"),
    *("dos", "du", "el", "ibn", "la", "le", "ní", "ó", "van", "von", "y"),
)
"""Small words within a name."""
TITLES = _these("""
mr mrs ms miss mx dr prof professor rev sir dame lady lord master
""")
PLACES = _these("""
academy act arena arms audit avenue award bridge building centre church clinic close college council
court crescent drive enquiry estate foundation framework fund gardens green grove hall high hospital
house infant infants inquiry institute junior lane law library lodge mosque nursery park partnership
preschool primary project protocol pru report review road room school secondary square street
surgery team temple terrace tool trust unit ward way
""")
"""What is named after people: a school, a road, an inquiry."""

CHILDREN = _these("""
adolescent babies baby boy boyfriend child children daughter girl girlfriend infant lad lass learner
leaver minor newborn orphan patient pupil schoolboy schoolgirl sibling son student teen teenager
toddler triplet twin victim youngster
""")
MANY = _these("babies boys children daughters girls pupils sons students teenagers victims")
RELATIVES = _these("""
aunt auntie aunty brother carer cousin dad daddy father gran grandad granddad grandma grandpa granny
husband mam mom mother mum mummy nan nana nanna nanny nephew niece papa parent sister spouse uncle
wife
""")
FURTHER = ("ex", "step", "half", "grand", "great", "foster", "god", "birth")
"""What stands before a relative's word, and makes it another: stepfather, half-sister."""
DESCENDANTS = _these("child daughter ma pa son")
"""What is a relative after one of those."""
BETWEEN = TITLES | _these("""
, : ( – — - " ' “ ‘ [ * = / a aka an are as called concerned details first forename full
initials involved is known last name named namely names now our present seen surname the was were
who
""")
"""What may stand between "the child" and a name."""
PERSONAL = _these("""
dad daddy gran grandad granddaughter grandma grandpa granny grandson mam mum mummy nan nana nanny
stepdad stepdaughter stepfather stepmother stepmum stepson
""")
"""Relatives of somebody whom the sentence speaks of."""
IN_A_TITLE = (["voice", "of", "the"], ["voices", "of", "the"], ["team", "around", "the"])
"""What makes "child" a word of a title."""
OPENS = _these(", ( – — - [")
SAYS_WHO = OPENS | _these("is was who")
INTRODUCES = SAYS_WHO | _these("a an another her his now one our the their")
"""What may stand between a name and the word that says whose it is."""
PREPOSITIONS = _these("and at by for from in of on or to with")
AFTER_KIN = PREPOSITIONS - {"and"} | _these(
    ", . ; : ) ] - – — ? ! \" ' has had is was who whose were will said told aged"
)
"""What follows "a child" where it is no child protection conference."""
OFFICES = _these("""
administrator adviser advisor advocate analyst barrister chair clerk clinician coach commissioner
consultant coordinator councillor dc deputy di director doctor dsl ey governor gp guardian head
headteacher independent inspector iro judge lado lead leader manager member midwife minister named
nurse officer paediatrician partner pc practitioner principal professor psychiatrist psychologist
reviewing scrutineer senco sergeant social solicitor specialist superintendent supervisor teacher
therapist trainer virtual visitor worker
""")
OF_A_CHILD = (
    *("strategy meeting", "strategy discussion", "section 47", "section 17", "s47", "s 47", "s17"),
    *("icpc", "rcpc", "child protection conference", "case conference", "review conference"),
    *("protection plan", "in need plan", "care plan", "cp plan", "cin plan", "cin meeting"),
    *("core group", "referral", "lac review", "cla review", "after review", "pep", "ehcp"),
    *("ehc plan", "chronology", "genogram", "age assessment", "assessment", "medical", "body map"),
    *("home visit", "missing episode", "legal planning meeting", "legal meeting"),
    *("professionals meeting", "network meeting", "concern", "concerns"),
    *("allegation", "allegations", "disclosure", "police protection", "protection order"),
    *("care order", "supervision order", "assault", "rapid review", "return home interview"),
    *(
        "home interview",
        "abe interview",
        "case",
        "welfare check",
        "alert",
        "enquiry",
        "nrm",
        "mace",
    ),
    *(
        "marac",
        "sgo",
        "plo",
        "initial conference",
        "missing",
        "section 20",
        "section 31",
        "ad litem",
        "lac",
        "cla",
        "case discussion",
        "hearing",
    ),
    *(
        "investigation",
        "care proceedings",
        "proceedings",
        "exclusion",
        "missing report",
        "need meeting",
        "need review",
    ),
)
"""What is held, made or written about a child."""
REVIEWS = (
    *("rapid review", "practice review", "lcspr", "lscpr", "lscspr", "serious incident"),
    *("incident notification", "child death review", "learning review", "sudi"),
)
"""What is held of a child's death or injury, and names nobody when it is published."""
ABOUT = _these("about against around concerning for on re regarding")
OF = (
    "attendance",
    "arrest",
    "placement",
    "removal",
    "whereabouts",
    "chronology",
    "genogram",
    "assessment",
    "case",
    "body map",
    "medical",
)
"""Those that are of a child, too."""
BY = ("allegation", "allegations", "allegation made", "disclosure", "disclosure made")
"""Those that are by a child, too."""
WITH = ("risk", "harm", "interview", "home interview", "home visit")
"""Those that are with a child, or to one."""
THEIRS = (
    *("social worker", "class teacher", "form tutor", "foster home", "foster placement"),
    *("attendance", "school attendance", "placement", "child protection plan", "protection plan"),
    *("care plan", "cin plan", "cp plan", "ehcp", "chronology", "dob", "date of birth"),
    *("nhs number", "upn", "bruis", "injur", "weight", "bedroom", "disclosure", "family"),
    *("home address", "address", "advocate", "behaviour", "school place", "death", "key worker"),
    *(
        "keyworker",
        "youth worker",
        "best friend",
        "new baby",
        "unborn",
        "case has",
        "case was",
        "case is",
        "case file",
        "file was",
    ),
)
"""What a child has, and an officer has not."""
HELPERS = _these("""
again also are been being both currently had has have initially is never not now recently since
still that then was were who ,
""")
DID = (
    *("lives with", "lives at", "living with", "living at", "staying with", "stays with"),
    *("absconded", "ran away", "went missing", "gone missing", "missing from", "disclosed"),
    *("born", "self-harm", "sexually", "physically abused", "groomed", "assaulted", "trafficked"),
    *("neglected", "bullied", "exploited", "privately fostered", "fostered", "adopted", "arrested"),
    *("bailed", "stabbed", "excluded", "permanently excluded", "brought to a", "brought late"),
    *("taken to hospital", "taken into", "admitted to", "removed from", "removed to"),
    *("placed with", "placed in", "placed at", "placed apart", "placed together", "placed out"),
    *("rehoused", "accommodated", "looked after", "looked-after", "in care", "in foster care"),
    *("at risk", "pregnant", "subject to", "subject of", "made subject", "made the subject"),
    *(
        "on a child",
        "on the child protection",
        "on a cp",
        "on a cin",
        "on child protection",
        "in need of",
    ),
    *("known to us", "known to social", "known to the police", "known to services"),
    *("known to youth", "known to children", "open to us", "open to social", "open to early"),
    *("open to children", "a young carer", "told her", "told his", "told their", "seen alone"),
    *("seen at home", "seen at school", "seen with her", "seen with his", "scared", "afraid"),
    *("stopped and searched", "found with a", "hit by", "left home", "returned home"),
    *("found in", "found at", "found after", "found safe", "attended since", "attended school"),
    *(
        "in school",
        "out of school",
        "off rolled",
        "off-rolled",
        "expelled",
        "sectioned",
        "remanded",
    ),
    *("strip searched", "strip-searched", "with bruises", "with bruising to", "with injuries"),
    *("taken to a&e", "taken to a place", "beaten", "raped", "abused by", "abducted"),
)
"""What is said of children, and not of officers."""
HELD = (
    *(
        "cp plan",
        "cin plan",
        "child protection",
        "icpc",
        "rcpc",
        "mace",
        "marac",
        "s47",
        "section 47",
    ),
    *("strategy meeting", "strategy discussion", "lac", "cla", "cin", "ehcp", "missing", "nfa"),
    *("step down", "stepped down", "care proceedings", "registered", "deregistered", "discharged"),
    *("attendance", "plo", "sgo", "case closed", "referral", "new placement", "placement"),
)
"""What is said after a child's name and a dash or a comma."""
ATTENDS = _these("attend attended attending attends")
SCHOOLS = _these("academy college nursery primary provision pru school")
HOMES = _these("address flat home house")
FAMILY_SERVICES = _these("""
action assessment assessments centre centres court courts day drug first foundation fun group groups
health hub hubs information intervention justice law learning liaison matters network nurse nurses
of planning practice room service services solutions support team therapists therapy time trust
""")
"""What follows where "the Hounslow family" is no family, but a service."""
OF_A_COUNTRY = ("ian", "ish", "ese", "ean")
"""How words end that say where people come from."""
PUBLISHED = ("national review", "serious case review", "national case review", "inquiry")
