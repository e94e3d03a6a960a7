import { readAddress, type AddressProblem } from '../discovery/address';
import { VariorumError } from '../error';

/** Where an endpoint is. */
export interface EndpointAddress {
  /** Scheme, host and port. */
  origin: string;
  host: string;
  /** The base URL without a slash at its end. */
  base: string;
}

const PROBLEMS: Record<AddressProblem, string> = {
  'not-an-address': 'is not an address',
  scheme: 'begins neither with http nor with https',
  credentials: 'holds a name or password',
  extra: 'goes on behind the path',
};

/** @throws VariorumError `bad-request` when it is no address of an API */
export function endpointAddress(baseUrl: string): EndpointAddress {
  const address = readAddress(baseUrl);
  if ('problem' in address) {
    // The address itself is left out: it may hold a password.
    throw new VariorumError({
      code: 'bad-request',
      message: `The base URL ${PROBLEMS[address.problem]}.`,
      action: 'Give one such as http://127.0.0.1:8080/v1.',
      retryable: false,
    });
  }
  const { origin } = address;
  return { origin, host: origin.slice(origin.indexOf('//') + 2), base: address.baseUrl };
}
