/** fauxqs as a child process, without its log of requests; tells its endpoint over the channel. */
import { startFauxqs } from 'fauxqs';

const { port } = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
process.send!({ endpoint: `http://127.0.0.1:${port}` });
process.once('disconnect', () => process.exit(0));
