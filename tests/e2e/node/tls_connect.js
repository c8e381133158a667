// The guide's way to speak to the server over TLS: node tls_connect.js PORT

'use strict'

const tls = require('tls')

const lines = ['paramAdd key=value', 'paramView key', 'status', 'quit']
const received = []

const client = tls.connect(Number(process.argv[2]), { rejectUnauthorized: false }, () => {
  client.write(lines.join('\r\n') + '\r\n')
})

client.setEncoding('utf8')

let stream = ''
client.on('data', data => {
  stream += data
  const parts = stream.split('\r\n')
  stream = parts.pop()
  received.push(...parts.map(part => JSON.parse(part)))
})

client.on('end', () => {
  console.log(JSON.stringify(received))
})

client.on('error', error => {
  console.error(error)
  process.exitCode = 1
})
