/** Platforms whose links may stand, with all their subdomains. No places where anybody can host a page of any kind. */
export const platforms = new Set(
  `youtube.com youtu.be twitch.tv twitter.com x.com instagram.com tiktok.com bilibili.com b23.tv pixiv.net fanbox.cc booth.pm
  patreon.com discord.com discord.gg ko-fi.com wikipedia.org wikimedia.org wiktionary.org github.com nicovideo.jp nico.ms note.com
  fantia.jp skeb.jp spotify.com soundcloud.com bandcamp.com apple.com reddit.com bsky.app threads.net facebook.com
  weibo.com line.me steampowered.com steamcommunity.com itch.io deviantart.com artstation.com vimeo.com imdb.com myanimelist.net
  anilist.co mangaupdates.com crunchyroll.com netflix.com amazon.com amazon.co.jp openai.com mozilla.org w3.org archive.org
  streamlabs.com streamelements.com throne.com marshmallow-qa.com peing.net skima.jp vgen.co hololive.tv nijisanji.jp vroid.com
  nintendo.com playstation.com xbox.com minecraft.net roblox.com kickstarter.com campfire.jp buymeacoffee.com kick.com
  mixcloud.com genius.com last.fm ifixit.com nhk.or.jp bbc.co.uk bbc.com nasa.gov who.int europa.eu unicef.org
  suicidepreventionlifeline.org 988lifeline.org findahelpline.com samaritans.org befrienders.org inochinodenwa.org mhlw.go.jp`.split(
    /\s+/u,
  ),
);

/** Names that others like to be mistaken for. */
export const brands = new Set(
  `youtube twitch twitter instagram tiktok bilibili pixiv fanbox patreon discord discordapp github facebook reddit spotify netflix
  paypal apple icloud google gmail amazon microsoft steam steamcommunity steampowered binance coinbase metamask opensea roblox
  epicgames minecraft nintendo playstation rakuten mercari whatsapp telegram linkedin dropbox ebay visa mastercard openai
  hololive nijisanji wikipedia booth stripe`.split(/\s+/u),
);

/** Endings that make `name.ending` a link on their own. */
export const strongEndings = new Set(
  `com net org info biz io co dev app xyz top site online shop club live pro click icu vip gg tv cc jp kr cn tw hk sg vn th ph
  de fr uk ru ua by pl cz se nl ch eu ly au ca es br mx ar cl pe pt gr tr il ir pk bd ng za ke nz ie fi dk hu ro bg rs hr sk lt lv ee
  edu gov mil int asia moe website store tech ai ws su pw tk ml cf gq cfd sbs buzz rest lol bid loan cam sex porn xxx adult bet casino
  finance exchange market network systems digital agency studio media software cloud host hosting press wiki blog page
  link gift gifts gives promo sale stream download zone space fans fun rocks ninja guru life today monster quest
  email center solutions services company support help technology`.split(/\s+/u),
);

/** Endings that are also words or file endings: the name needs a path, a port, `www.`, a digit or a hyphen to be a link. */
export const weakEndings = new Set(
  `me to in is it at be no us my am do as so la im id fm md sh py rs cat dog love world cool best win men one red blue ink art
  work works game games team space live fun life today news care run land city plus now new how day news press help page blog wiki
  rocks zone stream sale store shop club pro top online link click gift fans studio media market host rest monster quest support
  center company email zip mov ps pm st vc tf nu sc ac ad gl hm kg li lu ms mu mw nf pn re sm sr tc tm uz vg yt af ag bz cd ci`.split(
    /\s+/u,
  ),
);

/** Endings that are believed where the dot stands alone or is spelled out: `example dot com`. */
export const spelledEndings = new Set(
  `com net org info biz io dev app xyz top site online shop club gg tv cc jp kr cn ru me de uk co ly su pw tk link click gift store
  icu vip fun`.split(/\s+/u),
);

/** Where `name at ...` is taken for a mail address. */
export const mailProviders =
  `gmail yahoo hotmail outlook icloud proton protonmail aol docomo ezweb softbank naver qq`.split(' ');
