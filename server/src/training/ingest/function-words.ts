const words = (list: string): string[] => list.split(' ');

/** Words that hardly an English sentence does without. */
export const english = new Set(
  words(
    "the a an and or but if so of to in on at for with from by about into out up down over off is are was were be been being am do does did done have has had having will would can could should shall may might must not no yes this that these those here there what which who when where why how i you he she it we they me him her us them my your his its our their mine yours i'm you're he's she's it's we're they're i've you've we've i'll you'll we'll don't doesn't didn't isn't aren't wasn't can't won't couldn't let's that's there's what's just really very too also then than now all some any more most because as like get got go going know think want make see say said good thank thanks hello hi hey okay ok please oh yeah well guys everyone today",
  ),
);

/** The same for other languages in Latin letters, without what English has too. */
export const foreign = new Set(
  words(
    'el los las una unos del por para con que qué es son está estoy soy pero como más muy también cuando porque este esta eso esto yo tú ella nosotros gracias hola sí ' +
      'le la les des du un une et est sont dans pour avec sur pas que qui je tu il elle nous vous ils ce cette mais très bien aussi merci bonjour oui suis été ' +
      'der das ein eine einen und ist sind nicht mit für auf von zu im ich du wir ihr sie aber auch wie noch nur schon sehr danke hallo ja nein habe haben kann wird ' +
      'o os um uma não em com por mais mas você eu ele ela isso muito obrigado olá tem foi são ' +
      'il lo gli della che non sono con per come più anche molto grazie ciao perché questo questa ' +
      'het een niet voor dat maar ook zijn naar wel heb wij jij hij ' +
      'och är att det inte som jag på med för har ikke og jeg ' +
      'yang dan di ini itu tidak dengan untuk aku kamu saya apa ada bisa juga sudah ' +
      'jest nie się na że jak ale tak czy bir bu ve için çok ama değil var ang ng mga ako ikaw sa ko',
  ),
);
