import { addressRule } from './address-rule';

const target = (address: string, port = 443, hostname = 'shop.example') => ({ hostname, address, port });

describe('what a typed-in address may lead to', () => {
  const rule = addressRule([]);

  it.each(['8.8.8.8', '2606:4700::1111'])('lets %s through', (address) => {
    expect(rule(target(address))).toBeNull();
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '168.63.129.16',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('refuses "%s"', (address) => {
    expect(rule(target(address))).toEqual(expect.stringContaining(address));
  });

  it('lets exactly the allowed address and port through', () => {
    const allowing = addressRule(['127.0.0.1:3900', '[::1]:3901']);
    expect(allowing(target('127.0.0.1', 3900))).toBeNull();
    expect(allowing(target('::1', 3901))).toBeNull();
    expect(allowing(target('::ffff:127.0.0.1', 3900))).toBeNull();
    expect(allowing(target('127.0.0.1', 3901))).not.toBeNull();
    expect(allowing(target('127.0.0.2', 3900))).not.toBeNull();
  });

  it('lets an allowed name and an allowed network through, other names of the same address not', () => {
    const allowing = addressRule(['wms.internal:8443', '10.20.0.0/16']);
    expect(allowing(target('10.9.9.9', 8443, 'WMS.internal'))).toBeNull();
    expect(allowing(target('10.9.9.9', 8443, 'other.internal'))).not.toBeNull();
    expect(allowing(target('10.20.3.4', 80))).toBeNull();
    expect(allowing(target('10.21.3.4', 80))).not.toBeNull();
  });

  it('does not start with an exception that it cannot read', () => {
    expect(() => addressRule(['localhost'])).toThrow('"localhost" is neither host:port nor a network');
  });
});
