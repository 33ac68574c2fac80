import { randomUUID } from 'node:crypto';
import { encodeFrame } from '../../codec/field-writer.js';
import { writeStructuredUuid } from '../../codec/uuid.js';
import type { Method } from '../../transport/call.js';
import { unary } from '../../transport/unary.js';

/** The version of the node whose behaviour this one shows. */
const SERVER_VERSION = '24.2.0';
const LEADER = 8;
const TICKS_PER_MILLISECOND = 10_000n;

/** A method as clients look it up: both names in lower case. */
export interface SupportedMethod {
  readonly service: string;
  readonly method: string;
  readonly features: readonly string[];
}

/** ServerFeatures/GetSupportedMethods: what is served, so that clients do not try the rest. */
export function serverFeaturesMethod(methods: readonly SupportedMethod[]): Method {
  const response = encodeFrame((writer) => {
    for (const { service, method, features } of methods) {
      writer.message(1, (w) => {
        w.string(1, method);
        w.string(2, service);
        for (const feature of features) w.string(3, feature);
      });
    }
    writer.string(2, SERVER_VERSION);
  });
  return unary((_request, answer) => answer(response));
}

/** Gossip/Read: a cluster of this node alone, at the address by which the client has reached it. */
export function gossipMethod(): Method {
  const instanceId = randomUUID();
  return unary((_request, answer, call) => {
    const { address, port } = call.localEndpoint;
    const response = encodeFrame((writer) =>
      writer.message(1, (member) => {
        writeStructuredUuid(member, 1, instanceId);
        member.uint(2, BigInt(Date.now()) * TICKS_PER_MILLISECOND);
        member.uint(3, LEADER);
        member.bool(4, true);
        member.message(5, (endpoint) => {
          endpoint.string(1, address);
          endpoint.uint(2, port);
        });
      }),
    );
    answer(response);
  });
}
