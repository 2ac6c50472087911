// Imported first by every command, so that an old Node gets a sentence and not a stack.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`FanTwin needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org`);
  process.exit(1);
}
