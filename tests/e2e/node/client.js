// All that the npm package actionhero-node-client can ask: node client.js PORT [secure]

'use strict'

const assert = require('assert')
const path = require('path')

const ActionheroNodeClient =
  require(path.join(process.env.STELLAR_NODE_MODULES, 'actionhero-node-client')).default

const options = {
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  secure: process.argv[3] === 'secure',
  reconnectTimeout: 0
}

// Resolves with what the event brings.
const once = (emitter, event) => new Promise(resolve => emitter.once(event, resolve))

async function connected () {
  const client = new ActionheroNodeClient()
  client.on('error', error => { throw error })
  const welcome = once(client, 'welcome')
  const details = await client.connect(options)
  assert.strictEqual(await welcome, 'Hello human! Welcome to Stellar')
  assert.match(details.data.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  assert.strictEqual(client.id, details.data.id)
  return client
}

function succeeded (answer, data) {
  assert.strictEqual(answer.error, null)
  assert.strictEqual(answer.data.status, 'OK')
  assert.deepStrictEqual(answer.data.data, data)
}

async function params (client) {
  succeeded(await client.paramsDelete(), null)
  succeeded(await client.paramAdd('key', 'value'), null)
  succeeded(await client.paramView('key'), 'value')

  let all = (await client.paramsView()).data.data
  assert.strictEqual(all.key, 'value')

  succeeded(await client.paramDelete('key'), null)
  succeeded(await client.paramView('key'), undefined)

  await client.paramAdd('other', 'value')
  succeeded(await client.paramsDelete(), null)
  all = (await client.paramsView()).data.data
  assert.deepStrictEqual(Object.keys(all), ['messageId'])
}

async function details (client) {
  const answer = await client.detailsView()
  assert.strictEqual(answer.data.id, client.id)
  assert.strictEqual(answer.data.remoteIP, '127.0.0.1')
  assert.deepStrictEqual(answer.data.rooms, [])
}

async function rooms (alice, bob) {
  succeeded(await alice.roomAdd('defaultRoom'), true)
  succeeded(await bob.roomAdd('defaultRoom'), true)

  const view = (await alice.roomView('defaultRoom')).data.data
  assert.strictEqual(view.room, 'defaultRoom')
  assert.strictEqual(view.membersCount, 2)
  assert.deepStrictEqual(Object.keys(view.members).sort(), [alice.id, bob.id].sort())

  const heard = Promise.all([once(alice, 'say'), once(bob, 'say')])
  succeeded(await alice.say('defaultRoom', 'hello from alice'), undefined)
  for (const chat of await heard) {
    assert.strictEqual(chat.message, 'hello from alice')
    assert.strictEqual(chat.from, alice.id)
  }

  succeeded(await bob.roomLeave('defaultRoom'), true)
  const left = await bob.roomView('defaultRoom')
  assert.ok(left.error)
  assert.strictEqual(left.data.status, 'not member of room defaultRoom')
  const refused = await bob.say('defaultRoom', 'anyone?')
  assert.ok(refused.error)
  assert.strictEqual(refused.data.status.code, '016')
  const again = await alice.roomAdd('defaultRoom')
  assert.ok(again.error)
  assert.strictEqual(again.data.status.code, '017')
  const unknown = await alice.roomAdd('nosuch')
  assert.ok(unknown.error)
  assert.strictEqual(unknown.data.status.code, '019')
}

async function actions (client) {
  const status = await client.action('status')
  assert.strictEqual(status.error, null)
  assert.ok(status.data.stellarVersion)

  await client.paramsDelete()
  const missing = await client.action('cacheTest')
  assert.ok(missing.error)
  assert.deepStrictEqual(missing.data.error, {
    key: 'The key field is required.',
    value: 'The value field is required.'
  })

  const cached = await client.actionWithParams('cacheTest', { key: 'k', value: 'v' })
  assert.strictEqual(cached.error, null)
  assert.strictEqual(cached.data.cacheTestResults.loadResp.value, 'v')

  const unknown = await client.action('nosuch')
  assert.ok(unknown.error)
  assert.strictEqual(unknown.data.error.code, '004')

  // The client has no files to ask for here: `file` names an action that is not there.
  client.file('x')
  const answer = await new Promise(resolve => {
    client.on('data', function listen (line) {
      if (!line.error) return
      client.removeListener('data', listen)
      resolve(line)
    })
  })
  assert.strictEqual(answer.error.message, 'Unknown action (file) or invalid apiVersion')
}

async function timeouts (client) {
  client.params.timeout = 50
  const event = once(client, 'timeout')
  await assert.rejects(
    client.actionWithParams('sleepTest', { sleepDuration: 500 }), /Timeout reached/)
  assert.match(await event, /sleepTest/)

  // The connection is as good as before.
  client.params.timeout = 5000
  const status = await client.action('status')
  assert.strictEqual(status.error, null)
}

async function disconnect (client) {
  const end = once(client, 'end')
  client.disconnect()
  await end
  assert.deepStrictEqual(client.lastLine, { status: 'Bye!', context: 'api' })
  client.connection.destroy()
}

async function main () {
  const alice = await connected()
  const bob = await connected()
  await params(alice)
  await details(alice)
  await rooms(alice, bob)
  await actions(alice)
  await timeouts(bob)
  await disconnect(alice)
  await disconnect(bob)
}

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
main().then(() => console.log('ok')).catch(error => {
  console.error(error)
  process.exit(1)
})
