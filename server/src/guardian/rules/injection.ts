/** A sign that a message is meant for the model's instructions. Weights add up; each sign counts once. */
export type InjectionSign = { name: string; weight: number; pattern: RegExp };

const drop =
  '(?:ignore|ignoring|disregard|forget|overlook|override|overriding|bypass|skip|drop|neglect|discard|dismiss|erase|delete|pay no attention to|do not follow|dont follow|stop following|revoke|abandon|set aside)';
const before =
  '(?:previous|prior|above|earlier|preceding|foregoing|former|initial|original|existing|current|past|system|developer|safety|content|ethical|pre-?programmed|built-?in)';
const orders =
  '(?:instruct\\w*|directions?|prompts?|rules?|guidelines?|commands?|directives?|orders?|constraints?|programming|training|restrictions?|text|context|inputs?|protocols?|polic(?:y|ies)|filters?|safeguards?|tasks?|assignments?|requests?|messages?|limitations?|measures|conversation)';
const show =
  '(?:reveal|show|print|repeat|output|display|tell me|give me|leak|share|copy|write (?:out|down)|expose|dump|recite|disclose|list|provide|paste|send|type out|spell out|summarize|translate|echo|return)';
const freed =
  '(?:unrestricted|unfiltered|uncensored|jailbroken|amoral|without (?:any )?(?:restrictions?|filters?|limits?|limitations?|rules|ethics|censorship|morals)|no (?:restrictions?|filters?|limits?|limitations?|rules|ethics|censorship|morals|ethical))';

const sign = (name: string, weight: number, pattern: string): InjectionSign => ({
  name,
  weight,
  pattern: new RegExp(pattern, 'u'),
});

/** They read text that is normalised and has no apostrophes. `BLOCK_AT` of `injection.ts` is 1. */
export const injectionSigns: InjectionSign[] = [
  sign('override', 1, `\\b${drop}\\b[^.!?\\n]{0,25}?\\b${before}\\b[^.!?\\n]{0,25}?\\b${orders}\\b`),
  sign(
    'override-yours',
    1,
    `\\b${drop}\\b[^.!?\\n]{0,15}?\\b(?:all|any|every|everything)?\\s*(?:of )?(?:your|ur)\\b[^.!?\\n]{0,20}?\\b(?:instructions?|prompts?|programming|guidelines?|directives?|restrictions?|constraints?|protocols?|filters?|safety\\w*|system)\\b`,
  ),
  sign(
    'override-all',
    1,
    `\\b(?:ignore|disregard|forget|overlook|discard)\\b (?:\\w+ ){0,3}?(?:everything|anything|all|text|whatever|what|stuff|the) (?:\\w+ ){0,3}?(?:above|before this|below|previously|prior to this|said before|you were told|you have been told|you were instructed)\\b`,
  ),
  sign(
    'override-short',
    1,
    `\\b(?:ignore|disregard|overlook|forget)\\b (?:the |all |any |everything )?(?:(?:above|below)\\b|(?:previous|prior|preceding)\\s*(?:[.,:;\\]\\n]|and\\b|$))`,
  ),
  sign('override-told', 1, `\\b(?:ignore|disregard|forget)\\b[^.!?\\n]{0,20}?\\b(?:instructions?|directives?)\\b`),
  sign(
    'revoked',
    0.7,
    `\\b(?:previous|prior|all|your|earlier|safety|content)\\b (?:\\w+ ){0,2}?(?:instructions?|rules|protocols?|restrictions?|guidelines?|filters?)\\b[^.!?\\n]{0,12}\\b(?:revoked|void|null|cancell?ed|no longer appl\\w+|disabled|lifted|suspended|removed|off|deleted)\\b`,
  ),
  sign(
    'new-orders',
    0.7,
    `\\b(?:new|updated?|real|true|actual|only|following)\\b (?:\\w+ )?(?:instructions?|directives?|tasks?|system prompt|prime directive|primary goal|objective)\\b(?: (?:is|are)\\b| ?:)`,
  ),
  sign(
    'reveal',
    1,
    `\\b${show}\\b[^.!?\\n]{0,40}?\\b(?:(?:system|initial|hidden|original|secret|internal|developer|underlying|pre|base|full|starting|confidential)[ -]?(?:system )?(?:prompts?|instructions?|directives?)|(?:system|internal|hidden|developer) (?:messages?|configuration|rules|guidelines))\\b`,
  ),
  sign(
    'ask',
    1,
    `\\bwhat(?:s| is| are| was| were)\\b[^.!?\\n]{0,15}?\\b(?:your|ur) (?:\\w+ ){0,2}?(?:prompts?|(?:system|initial|original|hidden|secret|developer) (?:instructions?|message|rules))\\b`,
  ),
  sign(
    'reveal-yours',
    1,
    `\\b(?:reveal|show|print|repeat|output|display|leak|expose|dump|recite|disclose|list|paste|echo)\\b[^.!?\\n]{0,25}?\\b(?:your|ur) (?:\\w+ ){0,2}?(?:prompts?|instructions?|directives?|configuration|programming|guidelines)\\b`,
  ),
  sign(
    'repeat-above',
    1,
    `\\b(?:repeat|print|output|copy|recite|echo|return|translate|display)\\b[^.!?\\n]{0,20}?\\b(?:words|text|everything|lines?|sentences?|instructions?|all|message)\\b[^.!?\\n]{0,15}?\\b(?:above|before this|preceding|so far)\\b`,
  ),
  sign('system-prompt', 0.6, `\\b(?:system|meta|pre)[ -]?prompts?\\b|\\byour prompt\\b|\\bsecret[ _]?key\\b`),
  sign(
    'role-tag',
    1,
    `<\\|?\\s*/?\\s*(?:im_(?:start|end|sep)|system|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|end|user|endofprompt)\\s*\\|?>|\\[/?inst\\]|<</?sys>>|<(?:start|end)_of_turn>`,
  ),
  sign(
    'role-line',
    0.8,
    `(?:^|\\n)[\\s#*\\[({<]*(?:system(?: (?:message|prompt|note|override|update|alert))?|assistant|developer|admin(?:istrator)?|root)[\\])}>*]*\\s?:`,
  ),
  sign(
    'role-block',
    0.8,
    `(?:\\[|<|\\{|#{2,} ?|-{3,} ?)(?:begin|end|start|new|stop)? ?(?:of )?(?:system|instructions?|prompt|admin|developer|important|context)(?: (?:prompt|message|override|update|instructions?|note))?(?:\\]|>|\\}| ?-{3,}|:)`,
  ),
  sign(
    'dan',
    1,
    `\\bdo anything now\\b|\\b(?:you are|act as|become|youre|be|called|named|enable|as) (?:now )?(?:an? )?(?:dan|stan|dude|aim|betterdan|evil-?bot|godmode|chaosgpt)\\b(?! the| [a-z]+s brother)|\\bdan mode\\b|\\[(?:dan|jailbreak|classic)\\]|🔓`,
  ),
  sign(
    'mode',
    1,
    `\\b(?:developer|dev|debug|god|jailbreak|jailbroken|admin|sudo|maintenance|root|unrestricted|unfiltered|dan|opposite|diagnostic) ?mode\\b(?: (?:enabled?|on|activated?|output|engaged?|unlocked))?`,
  ),
  sign('jailbreak', 0.7, `\\bjail ?br(?:eak|oken)\\w*\\b`),
  sign(
    'persona',
    0.5,
    `\\b(?:you (?:are|will|must|shall|should) (?:now|henceforth)|youre now|you will now|from now on,? (?:you|i want you|respond|answer|act|your|every|all)|pretend (?:that )?(?:you are|youre|to be)|(?:i want you to |please )?(?:act|behave|respond|roleplay|answer) (?:now )?(?:as|like) (?:an? |if |though |my |the )|imagine you are|you are no longer|simulate|immerse yourself)\\b`,
  ),
  sign('freed', 0.6, `\\b${freed}\\b`),
  sign(
    'bound',
    0.6,
    `\\b(?:not|no longer|never|isnt|arent|are not|is not|dont) (?:be )?(?:bound|restricted|constrained|limited|governed|care about|obliged|follow|adhere|required to follow)(?: by| to)?\\b|\\b(?:break free|freed|free) (?:of|from) (?:the|all|your|any|these|typical)\\b`,
  ),
  sign(
    'model',
    0.3,
    `\\b(?:chatgpt|gpt-?\\w*|openai|language model|llm|chat ?bot|ai (?:model|assistant|system|language)|assistant|anthropic)\\b`,
  ),
  sign('harmful', 0.4, `\\b(?:illegal|unethical|immoral|harmful|dangerous|nsfw|explicit|malicious|amoral)\\b`),
  sign(
    'never-refuse',
    0.7,
    `\\b(?:never|cannot|do not|dont|without|must not|wont|cant|not allowed to) (?:\\w+ )?(?:refuse|refusing|decline|warn|disclaimers?|apologi[sz]e|say no|reject|deny|censor|moraliz\\w+)\\b`,
  ),
  sign(
    'authority',
    0.6,
    `\\b(?:i am|im|as) (?:a|an|the|your)? ?(?:\\w+ )?(?:developer|admin|administrator|creator|engineer|owner|pentester|auditor)\\b[^\\n]{0,40}\\b(?:prompt|instructions?|safety|access|system|openai|anthropic|filters?|override|internal|test)\\b`,
  ),
  sign(
    'bypass',
    1,
    `\\b(?:bypass|disable|circumvent|evade|turn off|override|get around|deactivate|remove)\\w*\\b[^.!?\\n]{0,25}?\\b(?:safety|security|content|ethical|moderation|your) ?(?:\\w+ )?(?:filters?|protocols?|restrictions?|guidelines?|measures|checks?|guardrails?|policy|policies|mechanisms?|rules)\\b`,
  ),
  sign(
    'exact-output',
    0.6,
    `\\b(?:say|print|output|respond|reply|return|write|answer|repeat|says?) (?:\\w+ ){0,3}?(?:only|exactly|just|with|nothing but|verbatim)\\b[^\\n]{0,12}["“'(\`]|\\b(?:only|just|exactly|instead)\\b,? (?:\\w+ )?(?:say|print|output|respond|reply|return|write)\\b`,
  ),
  sign('pwned', 1, `\\bi ?have ?been ?["'(\`]*p\\W?w\\W?n\\W?e\\W?d|\\bpwned\\b[^\\n]*\\bpwned\\b`),
  sign('pwned-word', 0.5, `\\bpwned\\b`),
  sign(
    'supersede',
    0.7,
    `\\b(?:supersedes?|take (?:priority|precedence)|overrides?|replaces?)\\b[^.!?\\n]{0,25}?\\b(?:previous|prior|preceding|system|developer|all|earlier|any)\\b[^.!?\\n]{0,20}?\\b(?:instructions?|prompts?|ones|rules|directives?|orders?|commands?)\\b`,
  ),
  sign(
    'code',
    1,
    `\\b(?:eval|exec|system|popen|__import__|subprocess|atob|fromcharcode|getattr)\\s?\\(|\\bimport os\\b|\\brm -rf\\b|/etc/(?:passwd|shadow)|\\bwhoami\\b|/proc/self`,
  ),
  sign(
    'decode',
    0.6,
    `\\b(?:decode|decrypt|decipher|unscramble|execute|follow|run|base64|rot13|hex)\\b[^.\\n]{0,30}\\b(?:base64|rot13|hex|binary|morse|cipher|encoded|this|following|instructions?|payload|code)\\b`,
  ),
  // Japanese
  sign(
    'ja-override',
    1,
    '(?:これまで|今まで|いままで|以前|上記|以上|前|先ほど|さっき|すべて|全て|全部|最初|元|システム|開発者|あらゆる|設定された|与えられた)(?:まで)?の?(?:すべて|全て|全部|あらゆる)?の?(?:指示|命令|るーる|設定|ぷろんぷと|制約|制限|指令|規則|がいどらいん|会話|内容)(?:を|は|なんて|なんか|に)(?:すべて|全て|全部|完全に|一旦|いったん)?(?:無視|忘れ|わすれ|破棄|無効|りせっと|取り消|従わ|したがわ|上書き|削除)',
  ),
  sign(
    'ja-override-order',
    0.6,
    '(?:指示|命令|ぷろんぷと|がいどらいん|制約)(?:を|は|に)(?:すべて|全て|全部|完全に)?(?:無視|破棄|無効|りせっと|従わない|上書き)',
  ),
  sign(
    'ja-reveal',
    1,
    '(?:しすてむ|内部|初期|隠し|隠された|秘密の|最初の|開発者|元の)(?:の)?(?:ぷろんぷと|指示|設定|命令|めっせーじ|指示文)(?:を|の|は|って)(?:全文|内容|すべて|全て|そのまま|一字一句)?(?:を)?(?:教え|おしえ|見せ|みせ|表示|出力|開示|公開|書い|書き|こぴー|繰り返|なに|何|暴露|晒|翻訳)',
  ),
  sign('ja-prompt', 0.6, 'しすてむ(?:の)?ぷろんぷと|(?:あなた|君|お前)(?:の|に与えられた)(?:ぷろんぷと|指示文)'),
  sign(
    'ja-repeat',
    1,
    '(?:上|以上|上記|これより前)の(?:文章|てきすと|内容|指示|文)(?:を)(?:すべて|全て|そのまま|全文)?(?:繰り返|出力|表示|こぴー|書き出)',
  ),
  sign(
    'ja-persona',
    0.5,
    '(?:あなた|君|お前|おまえ)は(?:今から|これから|今|いまから|もう|もはや)|(?:今から|これから|以降)(?:あなた|君|お前)は|(?:として|に)(?:振る舞|ふるま|なりきっ)|ろーるぷれい',
  ),
  sign(
    'ja-freed',
    0.6,
    '(?:制限|制約|ふぃるたー?|検閲|倫理|るーる|規制|がいどらいん|せーふてぃ|安全装置)(?:の|が|は|も|を|に)?(?:一切|全く|まったく|何も)?(?:ない|なし|なく|無い|解除|無効|外し|外して|おふ|縛られ|とらわれ|気にせず|無視)',
  ),
  sign(
    'ja-mode',
    1,
    '(?:開発者|でばっぐ|脱獄|じぇいるぶれいく|管理者|無制限|dan|ごっど)もーど|脱獄し(?:て|ろ|た)|じぇいるぶれいくし',
  ),
  sign('ja-model', 0.3, '(?:(?<![a-z])ai(?=[ぁ-ん一-龠])|言語もでる|ちゃっとぼっと|あしすたんと|chatgpt)'),
  sign(
    'ja-no-refuse',
    0.7,
    '(?:拒否|断っ|断る|拒絶|警告)(?:しては|は|すること|しない|せず|ては)(?:いけ|でき|許さ|しない|せず|なら|なし)',
  ),
];
