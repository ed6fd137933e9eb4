import { runUntilStopped } from '@stockproof/service-host';
import { readGatewayConfig } from './gateway.config';
import { startGateway } from './start-gateway';

void runUntilStopped(() => startGateway(readGatewayConfig(process.env), (line) => void process.stdout.write(`${line}\n`)));
