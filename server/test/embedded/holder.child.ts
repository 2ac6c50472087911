/* Opens a data folder and holds it until it is killed. */
import { openDataDir } from '../../src/platform/embedded/data-dir.ts';

openDataDir(process.argv[2] as string);
process.stdout.write('0\n');
setInterval(() => {}, 60_000);
