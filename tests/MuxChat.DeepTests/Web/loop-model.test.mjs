// The data part of the page /loop, without a browser: node --test loop-model.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FLOOD, MAX_TICKS, Model, OUTPUT, SLOW, bytes, count, describe, explain, time
} from '../../../src/MuxChat.Server/Web/admin/model.js';

const HELLO = {
  type: 'hello',
  tick: ['number', 'began_us', 'wait_ns', 'accept_ns', 'read_ns', 'carry_out_ns', 'write_ns', 'reap_ns', 'ready', 'accepted', 'frames',
    'bytes_in', 'bytes_out', 'lines', 'delivered', 'closed', 'for_watchers'],
  client: ['index', 'protocol', 'nick', 'outbox_bytes', 'waits'],
};

function tick(number, fields = {}) {
  return HELLO.tick.map((name) => (name === 'number' ? number : fields[name] ?? 0));
}

function report(atMs, ticks, more = {}) {
  return { type: 'report', at_ms: atMs, count: ticks.length, ticks, ...more };
}

function model(...messages) {
  const made = new Model();
  made.take(HELLO);
  messages.forEach((message) => made.take(message));
  return made;
}

test('Report_beforeTheColumnsAreKnown_isIgnored', () => {
  const made = new Model();
  made.take(report(1, [tick(1)]));
  assert.equal(made.ticks.length, 0);
});

test('Tick_ofAReport_hasItsPhasesByName', () => {
  const made = model(report(1, [tick(7, { wait_ns: 9000, read_ns: 1, carry_out_ns: 2, write_ns: 3, ready: 4, frames: 5, bytes_in: 6 })]));
  const [one] = made.ticks;
  assert.deepEqual(one.ns, { wait: 9000, accept: 0, read: 1, carry: 2, write: 3, reap: 0 });
  assert.deepEqual([one.number, one.workNs, one.ready, one.frames, one.bytesIn, one.isOwn], [7, 6, 4, 5, 6, false]);
});

test('Columns_inAnotherOrder_areFoundByName', () => {
  const made = new Model();
  made.take({ ...HELLO, tick: [...HELLO.tick].reverse() });
  made.take(report(1, [tick(7, { write_ns: 3 }).reverse()]));
  assert.deepEqual([made.ticks[0].number, made.ticks[0].ns.write], [7, 3]);
});

test('Ticks_thatTheServerLeftOut_areCounted', () => {
  const made = model(report(1, [tick(1), tick(2)]), report(2, [tick(6)]), report(3, [tick(7)]));
  assert.equal(made.missing, 3);
});

test('Ticks_ofALongTime_areBounded', () => {
  const made = model();
  for (let i = 0; i < MAX_TICKS + 50; i++) {
    made.take(report(i, [tick(i)]));
  }

  assert.deepEqual([made.ticks.length, made.ticks[0].number], [MAX_TICKS, 50]);
});

test('Ticks_thatOnlyServeThePage_canBeHidden', () => {
  const made = model(report(1, [tick(1), tick(2, { for_watchers: 1 })]));
  assert.deepEqual(made.shown(true).map((one) => one.number), [1]);
  assert.deepEqual(made.shown(false).map((one) => one.number), [1, 2]);
});

test('Rates_overTheLastReports_areForEachSecond', () => {
  const made = model();
  for (let i = 0; i <= 10; i++) {
    made.take(report(i * 100, [tick(i)], { sums: tick(0, { lines: 2, bytes_out: 50, write_ns: 10e6 }) }));
  }

  const rates = made.rates();
  assert.deepEqual([rates.ticks, rates.lines, rates.bytesOut, rates.delivered], [10, 20, 500, 0]);
  assert.equal(rates.busy.toFixed(3), '0.100');
});

test('Rates_ofOneReport_areZero', () => {
  assert.equal(model(report(5, [tick(1)])).rates().ticks, 0);
});

test('Clients_withAReport_replaceThoseBefore', () => {
  const made = model(
    report(1, [], { connections: 2, clients: [[3, 'irc', 'bob', 7, SLOW | OUTPUT], [1, 'line', 'alice', 0, FLOOD]] }),
    report(2, []),
  );
  assert.deepEqual(made.clients.map((one) => one.nick), ['alice', 'bob']);
  assert.deepEqual(made.crowd(), { slow: 1, flood: 1, output: 1, bytes: 7 });
  assert.equal(made.connections, 2);
});

test('Syncs_ofTheJournal_areThoseSinceTheLastFigures', () => {
  const figures = (syncs, us) => ({ process: { journal_syncs: syncs, journal_sync_us: us } });
  const made = model(report(1, [], figures(10, 1000)));
  assert.equal(made.syncs, null);
  made.take(report(2, [], figures(14, 1800)));
  assert.deepEqual(made.syncs, { count: 4, us: 800 });
});

test('Longest_ofAllReports_isKept', () => {
  const made = model(report(1, [], { longest: tick(1, { write_ns: 9 }) }),
    report(2, [], { longest: tick(2, { write_ns: 5, wait_ns: 99 }) }));
  assert.equal(made.longestNs, 9);
});

test('Tick_inWords_saysWhatHappenedInEachPhase', () => {
  const [busy, idle] = model(report(1, [
    tick(1, { ready: 1, accepted: 1, frames: 2, lines: 1, delivered: 3, bytes_in: 5, bytes_out: 2048, closed: 1 }), tick(2),
  ])).ticks;
  assert.deepEqual(explain(busy), {
    wait: 'The loop slept until 1 socket was ready.',
    accept: '1 client came in.',
    read: '5 bytes came out of the sockets.',
    carry: '2 lines or frames ran: 1 line said, 3 copies queued.',
    write: '2.0 KiB went to the clients, at most one write for each.',
    reap: '1 connection closed, and the rooms heard of it.',
  });
  assert.equal(explain(idle).read, '');
});

test('Client_inWords_saysWhyItWaits', () => {
  assert.equal(describe({ nick: 'bob', protocol: 'irc', bytes: 2048, waits: SLOW | FLOOD }),
    'bob, irc, 2.0 KiB queued, slow: it does not read what was sent; paused by flood control');
  assert.equal(describe({ nick: '', protocol: null, bytes: 0, waits: 0 }), '(no nick), unknown protocol, 0 bytes queued, keeps up');
});

test('Quantities_forPeople_haveTheirUnits', () => {
  assert.deepEqual([0, 999, 1500, 2_500_000, 3e9, 450_000].map(time), ['0 ns', '999 ns', '1.5 µs', '2.5 ms', '3.0 s', '450 µs']);
  assert.deepEqual([1, 1536, 3 * 1024 * 1024].map(bytes), ['1 bytes', '1.5 KiB', '3.0 MiB']);
  assert.deepEqual([count(1, 'copy', 'copies'), count(1200, 'copy', 'copies')], ['1 copy', '1,200 copies']);
});
