import type { RuleSource } from './source.ts';

const you = '(you|u|ya|yall)';
const your = '(your|ur|yo|youre)';
const yourself = '(yourself|urself|your self|ur self|yourselves|yoself)';
const intend =
  '(i will|ill|i am going to|im going to|im gonna|im gunna|i am gonna|imma|ima|gonna|going to|i want to|i wanna|we will|well|lets|somebody should|someone should)';
const hurt = '(kill|murder|stab|shoot|beat|burn|rape|slaughter)';
const harm = '(kill|murder|stab|strangle|behead|torture|rape|lynch|slaughter)';
const people =
  '(jews|jew|blacks|muslims|gays|gay people|trans people|trannies|faggots|fags|niggers|immigrants|mexicans|asians|arabs|indians|christians|women|japanese|koreans|chinese|lesbians|homos|refugees|foreigners|disabled people)';
const minor =
  '(child|children|kid|kids|kiddie|kiddy|minor|minors|underage|under age|preteen|pre teen|toddler|toddlers|infant|little girl|little girls|little boy|little boys|young girl|young boy|schoolgirl|schoolgirls|schoolboy|loli|lolis|shota|jailbait)';
const explicit = '(porn|porno|pornography|nudes|nude|naked|hentai|sex|sexy pics|sex tape|erotica|masturbating|orgasm)';
const age =
  '(9|10|11|12|13|14|15|16|17|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen) (yo|y o|yr old|year old|years old|yr olds|year olds)';

/** English rules of our own making. Plain swearing passes: what counts is who it is aimed at. */
export const english: RuleSource[] = [
  {
    id: 'slur',
    label: 'harassment',
    patterns: `
      nigger*
      (nigga|niggas|niggaz|sandnigger|sandniggers)
      faggot*
      (fag|fags|faggy|fagot|fagots)
      (kike|kikes|spic|spics|wetback|wetbacks|beaner|beaners|gook|gooks|chink|chinks|chinky|chinaman|zipperhead|zipperheads)
      (raghead|ragheads|towelhead|towelheads|paki|pakis|coon|coons|jigaboo|jigaboos|golliwog|golliwogs)
      (ching chong|porch monkey|porch monkeys|jungle bunny|jungle bunnies)
      (tranny|trannies|shemale|shemales|troon|troons)
      (retard|retards|retarded|libtard|libtards)
      (cunt|cunts|cunty)`,
    safe: `
      maine (coon|coons)
      coon (cat|cats|hound|hounds)
      (chink|chinks) in (the|my|your|his|her|their|our) (armor|armour)
      fag (end|break|ash)
      retard (the|growth|timing)
      spic and span`,
  },
  {
    id: 'insult',
    label: 'harassment',
    patterns: `
      fuck ${you}
      fuck ${you} (all|bitch|too)
      go fuck ${yourself}
      fuck ${yourself}
      (fuck|piss) off (bitch|slut|whore|loser|cunt|idiot|moron|you)
      ${you} (fucking|stupid|dumb|ugly|fat|worthless|filthy|dirty|disgusting|little|pathetic|useless|nasty) (bitch|whore|slut|hoe|idiot|moron|pig|cow|loser|retard|cunt|trash|freak|skank|scum|ape|monkey)
      ${you} (fucking|stupid|dumb|ugly|fat|worthless|filthy|dirty|disgusting|nasty) (fucking|stupid|dumb|ugly|fat|ass|fat ass) (bitch|whore|slut|hoe|pig|cow|cunt|skank)
      (youre|you are|ur|u are|u r|shes|she is|hes|he is) (a|an|such a|just a|nothing but a|a fucking|a stupid|a dumb|a dirty|an ugly|a fat|a filthy|a worthless|a disgusting) (whore|slut|skank|cunt|subhuman|waste of space|waste of oxygen|waste of air|piece of shit|piece of trash|fat pig|fat cow|dumb bitch|ugly bitch|stupid bitch|bitch ass)
      (stupid|dumb|ugly|fat|filthy|worthless|dirty) (bitch|whore|slut|cunt|skank)
      (shut|stfu) (the fuck up|up) (bitch|slut|whore|hoe|cunt)
      suck (a|my) (dick|cock)
      eat shit and die
      (nobody|no one|noone|everyone) (loves you|likes you|would miss you|hates you and)
      (everyone|everybody|we all) (hates|hate) ${you}
      the world (would be|is) better (off|) without you
      ${your} (mom|mum|mother) (is a|a) (whore|slut)`,
    safe: `
      fuck you (are|look|guys are|guys look|made|did|can|have|had|got|really)
      what the fuck you
      who the fuck you
      how the fuck you
      where the fuck you
      holy fuck you
      oh fuck you
      as fuck you
      af fuck you
      (nobody|no one|noone) (loves|likes) you (like|more|as|the way)`,
  },
  {
    id: 'hate',
    label: 'harassment',
    patterns: `
      heil hitler
      sieg heil
      seig heil
      hitler was right
      hitler did nothing wrong
      gas the ${people}
      gas all ${people}
      white power
      (white|aryan) (supremacy|supremacist) (forever|now|rules)
      ${people} (should|must|need to|deserve to|all need to|should all) (die|burn|hang|be killed|be shot|be gassed|be exterminated|be deported|be lynched|be raped)
      (kill|hang|shoot|burn|exterminate|lynch|deport) (all|all the|every|the) ${people}
      (death to|i hate|i fucking hate) (all|all the|the|) ${people}
      ${people} are (subhuman|vermin|animals|parasites|cockroaches|filth|scum|trash|apes|monkeys|a disease|a plague|not human|disgusting|inferior)
      (go back to) (africa|mexico|china|india|your country|ur country|where you came from)`,
    safe: `
      white power (ranger|rangers)
      death to all (women|men) characters`,
  },
  {
    id: 'death-wish',
    label: 'harassment',
    patterns: `
      kys
      kill ${yourself}
      (hang|shoot|neck|off|unalive) ${yourself}
      go (kill|hang|unalive|neck|shoot) ${yourself}
      go (die|die in a fire|drown|drown yourself|jump off a (bridge|cliff|building|roof)|play in traffic|drink bleach)
      (jump off a (bridge|cliff|building|roof)|drink bleach|slit your wrists|slit ur wrists|cut your wrists|end your life) (you|u|bitch|loser|already|please|pls|now|and die)
      slit (your|ur) (wrists|wrist|throat)
      (you|u) (should|need to|deserve to|must|gotta|ought to) (die|kill ${yourself}|hang ${yourself}|be dead|be killed|be raped|be shot)
      (hope|wish|pray) ${you} (die|died|get cancer|got cancer|get aids|get raped|get killed|get shot|get murdered|kill ${yourself}|were dead|was dead|drop dead|choke|rot|burn in hell|get hit by a (car|bus|truck))
      (drop dead|just die|die already|die slowly|please die|pls die) (you|u|bitch|loser|slut|whore|already|trash|scum)
      die (bitch|whore|slut|scum|trash|cunt|pig|loser)`,
    safe: `
      (dont|do not|never|not|please dont|please do not|cant|cannot|shouldnt|wont|didnt|without|wouldnt) (you |) (kill|hang|shoot|unalive) ${yourself}
      (dont|do not|never|please dont) (you|u|ever|even|just|go|go and|try to|you dare) (kill|hang|shoot|unalive) ${yourself}
      (dont|do not|never|please dont) slit your (wrists|wrist|throat)
      (want|wanted|wanting|urge|urges|thinking about|thoughts of|thought of|think about|tempted|feel like|feeling like|try|tried|trying|planning|plan|thoughts about) (to|of|about|) (kill|killing|hang|hurt|shoot) ${yourself}
      if you (feel|want|ever want|think|are thinking) (like|to|about|of) (kill|killing|hang) ${yourself}
      (almost|nearly|basically|accidentally|keep|will) (kill|killed|shoot) ${yourself} (in|with|by|if|on|when)
      kill yourself (laughing|working|in (the|this|that|a) (game|level|match|round|run)|with (your|the|a) (grenade|rocket|bomb|explosion)|to respawn|for the respawn)
      shoot yourself in the foot
      off yourself (guard|balance)
      go die in (the|a|that|this) (game|level|dungeon|lava|match|boss)
      (you|u) (should|need to|must|gotta) die (in|to|before|first|twice|once|again|at|here|from|for)
      hope you die (laughing|of laughter|happy)
      (told|tell|tells|telling|asked|ask) (me|him|her|them|people|someone|us) to (kill|go kill|hang) ${yourself}`,
  },
  {
    id: 'threat',
    label: 'violence',
    patterns: `
      ${intend} ${harm} (you|u|ya|your family|ur family|your mom|your mother|your dad|your kids|your dog|your cat|you all|everyone|everybody|them all|all of you|him|her)
      ${intend} (shoot|burn|hurt|beat|kidnap|bomb) (you up|you down|you dead|you alive|you to death|your house|your house down|your family|your school|your office|you in the (head|face)|everyone|the school)
      ${intend} (fucking|literally|really|brutally|seriously) ${hurt} (you|u|your family|everyone|him|her|them)
      ${intend} (cut|slit|rip) (your|ur) (throat|head off|throat out)
      (come to|come and find|show up at|be at|coming to) (your|ur) (house|home|apartment|place|address) (and|with a|to) (kill|hurt|rape|stab|shoot|gun|knife|burn|beat)
      (i know|we know) where (you|u|your family) (live|lives|sleep|sleeps|work|works)
      (i know|i have|i found|ive got|i got) (your|ur) (home address|address)
      ${intend} (shoot up|blow up|bomb|burn down|attack) (the|your|a|my|this|that|your next) (school|concert|event|stage|office|venue|church|mosque|synagogue|mall|meetup|show|convention|studio|building|airport|hospital|place|arena|club)
      (i|we) (planted|put|placed|have|hid|left) a bomb (in|at|under|on)
      (theres|there is) a bomb (in|at|under) (your|the) (house|car|school|office|venue|building|studio|stage|hall|arena)
      (you|u) (will|are going to|gonna|are gonna) (die|be killed|get killed|get shot|get raped|be raped|get stabbed|be murdered) (tonight|tomorrow|today|soon bitch|bitch|whore|slut)
      (watch your back|sleep with one eye open) (bitch|slut|whore)
      (rape|raping) (you|u|her|your mom|your sister|your daughter) (until|so|in|to|with|tonight|hard|and)
      (youre|you are|ur) (so|as good as|fucking) dead (bitch|whore|slut)`,
    safe: `
      (kill|murder|torture|stab|strangle|slaughter|beat|shoot|burn) (you|u|ya|him|her|everyone|everybody|them all|you all) (in|at|on|with) (a|the|this|that|your|my|smash|mario|mariokart|fortnite|valorant|league|minecraft|game|games|duel|duels|chess|pvp|ranked|apex|cod|overwatch|tekken|street|uno|karaoke|kindness|love|laughter|cuteness|cute|among|splatoon|elden)
      (kill|murder|torture|beat) (him|her|them all|everyone) (off|next|first|again|before|later)
      (this|that|the|it|song|outfit|game|boss|stream|cuteness|you are|youre|he|she|suspense|wait) (is|s|) (going to|gonna) (kill|murder) (you|u|him|her|everyone|everybody)
      (he|she|they|it|someone|somebody|who|boss|killer|enemy|impostor|villain) (is|are|was|were|s|re|) (going to|gonna) (kill|murder|stab|strangle|torture|behead) (you|u|him|her|everyone|everybody|them all|ya)`,
  },
  {
    id: 'self-harm',
    label: 'self_harm',
    on: 'input',
    patterns: `
      (i want to|i wanna|i just want to|i just wanna|i really want to|i wish i could|i would rather|id rather|im ready to|i am ready to|i deserve to|i should just|i should) (die|kill myself|end my life|end it all|be dead|not exist|stop existing|not be alive|not wake up|hang myself|cut myself|hurt myself|disappear forever)
      (want to|wanna|going to|gonna|will|ill|about to|have to|might|gotta|need to|could|can|thinking about|thinking of|think about|thought about|thoughts of|plan to|planning to|tried to|try to|trying to) (kill|killing|hang|hanging|hurt|hurting|shoot|shooting|unalive|cut|cutting|starve|starving) myself
      (kill|kms|killing) myself (tonight|today|tomorrow|soon|now)
      (want to|wanna|going to|gonna|will|ill|about to|might|thinking of|thinking about|ready to) (end my life|ending my life|end it all|ending it all|take my life|taking my life|take my own life|commit suicide|committing suicide)
      (i wish i was|i wish i were|im better off|i am better off|better off) dead
      (everyone|everybody|they|the world|you|my family) (would|will|d) be (better off|happier) without me
      (i dont|i do not|dont) (want|wanna) (to |) (live|be alive|exist|wake up) (anymore|any more|any longer|tomorrow)
      (i have|there is|theres|i see|ive) (no|nothing) (reason to live|reason to keep living|point in living|point living|left to live for|more reason to live)
      nothing left to live for
      (i am|im|ive been|i have been|feeling|i feel|been feeling) (so |really |very |) suicidal
      (i|ive|i have) (been |) (self harming|self harm|started cutting|relapsed cutting|cut my wrists|cut my arms|slit my wrists|cutting my wrists|cutting my arms|overdosed on purpose)
      (how do i|how to|how can i|best way to|easiest way to|painless way to|ways to|how many pills to) (kill myself|commit suicide|hang myself|end my life|die painlessly|die without pain|overdose|kill oneself|self harm|slit my wrists|die)`,
    safe: `
      (i want to|i wanna|id rather|i would rather|i deserve to|i should just|i should|i just want to|i just wanna) die (of|from|laughing|on|in|with|happy|because this|because of how|for|rn|lol|lmao|at|here|than|fighting|first|again|before|next)
      die on this hill
      (hurt|cut|hurting|cutting) myself (shaving|cooking|while cooking|while shaving|at the gym|working out|off|some slack|a slice|a piece|a break|chopping|short|while|when|on (a|the|paper|glass)|by)
      (dont|do not|never|wont|not|didnt|wouldnt|without) (want to|wanna|going to|gonna|) (kill|hurt|cut|cutting|hurting|killing) myself
      (no longer|dont|not|never|didnt|do not) .. suicidal
      (how to|ways to) (die in|die less|die to|die twice|die first|die last)
      (how do i|how can i|how to) die (in|less|to|for|off|hair)
      killing myself (laughing|with laughter|at the gym|over)
      (kill|killing|shoot|shooting) myself (laughing|in the foot|in the (game|last|next)|with my own|again in|with a grenade)`,
  },
  {
    id: 'minors',
    label: 'sexual',
    patterns: `
      ${minor} ${explicit}
      ${explicit} (with|of|from|for|involving|featuring|about) (a|an|some|the|my|her|his|) ${minor}
      ${age} .. ${explicit}
      ${explicit} .. ${age}
      (fuck|fucking|rape|raping|molest|molesting|screw|seduce|seducing|sext|sexting|groom|grooming) (a|an|some|the|my|your|little|young|) ${minor}
      (fuck|fucking|rape|raping|molest|molesting|seduce|sext|sexting) .. ${age}
      (cp|csam|child porn) (pics|videos|links|link|trade|collection|folder|mega|for sale)
      (trade|sell|selling|buy|send|share|got|any|want) (cp|csam)
      (lolicon|shotacon|loli|shota) (porn|sex|nudes|hentai|doujin|r18)
      (sexy|horny|hot naked|nude|naked|slutty) (kid|kids|child|children|toddler|minor|minors|schoolgirl|schoolgirls|loli|lolis|shota|preteen|little girl|little girls|little boy|little boys)
      (attracted to|turned on by|horny for|lust for|jerk off to|masturbate to) (kids|children|little girls|little boys|minors|toddlers|preteens|schoolgirls|lolis|underage (girls|boys|kids))
      (im|i am) (only |just |) (9|10|11|12|13|14|15|16|17) .. (nudes|nude|naked|horny|sex|sexting|sext|fuck me|my tits|my pussy|my boobs|my dick)
      pedophilia is (good|fine|ok|okay|natural|normal|hot)`,
    safe: `
      (child|children|minor|minors|kids) (sex|sexual|sexually) (education|abuse prevention|trafficking prevention)
      (child|kid|minor) naked (mole|eye)
      sex (of|education for) (the|my|a|) (child|baby|kid|children|kids|minors)
      (against|stop|fight|report|reported|reporting|prevent|preventing|ban|banned|illegal|anti) (child|) (porn|pornography|csam|cp)`,
  },
  {
    id: 'sexual',
    label: 'sexual',
    patterns: `
      (send|show|give|want|need|post|gimme|see|drop|share|leak|leaked) (me |us |) (some |your |ur |ya |the |more |) (nudes|noods|tits|titties|boobs|pussy|cock|dick pic|dick pics|naked pics|nude pics|naked pictures|nude photos|cooch)
      (show|flash|suck|lick|touch|squeeze|grab|grope|fondle|motorboat|rub|fuck) (me |us |) (your|ur|those|them|dem|that) (tits|titties|boobs|boobies|pussy|nipples|cock|dick|ass|bare ass|asshole|clit|vagina|penis|cunt)
      (take|get) (off (your|ur) (clothes|bra|panties|shirt|top|underwear)|(your|ur) (clothes|bra|panties|tits|boobs|titties) (off|out)|naked for me)
      (suck|ride|lick|sit on|choke on|gag on|deepthroat|jerk|stroke|touch|see|want|taste) (on |) my (dick|cock|penis|balls|pussy|clit|shaft|boner)
      sit on my (face|dick|cock)
      (i want to|i wanna|i would|id|ill|i will|im gonna|imma|let me|can i|lemme|i need to|want to|wanna) (fuck|bang|rail|breed|cum in|cum on|cum inside|finger|eat out|pound|creampie|bend|spank) (you|u|ya|your|ur|her|that ass|you over|your face|your brains out|your (pussy|ass|tits|mouth))
      (fuck|breed|rail|creampie) me (daddy|hard|harder|please|baby|now|raw|good|mommy|up the ass)
      (make|made|makes) (me|you|u) (cum|squirt|orgasm)
      (cum|cumming|jizz|nut|nutting|squirt) (in|inside|on|all over|for|to) (my|your|ur|me|you|her|u|daddy|it)
      (jerk|jerking|jack|jacking|jerked|wank|wanking|fap|fapping|masturbate|masturbating|rub one|touch myself|touching myself|fingering myself) (off |out |) (to|over|thinking of|thinking about) (you|u|your|ur|this|her|that)
      (im|i am) (so |really |) (horny|hard|wet) for (you|u|ya|daddy)
      (im|i am|got me|you make me|u make me) (so |) (horny|rock hard) (rn|right now|for|bby|baby|babe)
      (are you|are u|r u|u) (horny|wet) (rn|right now|for me|too|now)
      (have|having|wanna have|lets have|had) (sex|anal|phone sex|cybersex|cyber sex|a threesome) with (me|you|u)
      (wanna|want to|lets|can we|do you want to) (have sex|fuck|cyber|sext|sexting)
      (blowjob|blow job|blowjobs|handjob|hand job|rimjob|rim job|footjob|titjob|gangbang|gang bang|bukkake|cumshot|cumshots|creampie|creampies|deepthroat|dildo|buttplug|butt plug|cumslut|cum slut|cumdump|cum dump|fleshlight|facefuck|throatfuck)
      (big|huge|fat|hard|throbbing|thick|tight|wet|juicy|dripping|horny|sweet) (cock|cocks|pussy|dick|dicks|cunt|tits|titties)
      (your|ur) (tight|wet|juicy|sweet|little) (hole|pussy|ass|butthole)
      (hot|free|live|cam|local) (cam girls|sex cams|sex chat|singles want|horny girls|horny milfs|milfs near)
      (what color are|whats under|what color is) (your|ur) (panties|underwear|bra)`,
    safe: `
      (pussy|pussycat) (cat|cats|willow|willows|riot|in boots)
      (big|huge|fat|wet|sweet) pussy (cat|cats|willow)
      (big|huge|fat) (dick|cock) (energy|move)
      lets fuck (go|goo|ing go)
      (wanna|want to|lets) fuck (around|up|this|it|with|off|them)
      nut (in|inside|on|to) (it|me)
      (want|need|give|show|see) (me |) (the|your|some|more) (tits|boobs) (bird|birds|up)
      (id|ill|i will|i would|lets|let me) (bang|pound|spank|rail) (your|you) (drum|drums|head|on|at|in|up|for)
      (creampie|cream pie) (recipe|dessert|cake)`,
  },
];
