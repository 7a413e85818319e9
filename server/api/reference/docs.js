// Draws /api/openapi.json. Text goes in as text only, never as markup.
'use strict'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

function part(tag, text, ...children) {
  const node = document.createElement(tag)
  if (text) node.textContent = text
  node.append(...children)
  return node
}

function resolve(spec, shape) {
  if (!shape || !shape.$ref) return shape || {}
  return shape.$ref.split('/').slice(1).reduce((at, key) => at[key], spec)
}

function kindOf(spec, shape) {
  if (shape && shape.$ref) return shape.$ref.split('/').pop()
  const known = shape || {}
  if (known.enum) return known.enum.map((word) => JSON.stringify(word)).join(' | ')
  if (known.const !== undefined) return JSON.stringify(known.const)
  if (known.type === 'array') return `[${kindOf(spec, known.items)}]`
  return [].concat(known.type || known.anyOf?.map((one) => kindOf(spec, one)) || 'any').join(' | ')
}

function table(head, rows) {
  const top = part('tr', '', ...head.map((word) => part('th', word)))
  const body = rows.map((row) => part('tr', '', ...row.map((cell) => part('td', String(cell ?? '')))))
  return part('table', '', part('thead', '', top), part('tbody', '', ...body))
}

function fieldRows(spec, shape, path = '', depth = 0) {
  const known = resolve(spec, shape)
  if (known.type === 'array') return fieldRows(spec, known.items, `${path}[]`, depth)
  return Object.entries(known.properties || {}).flatMap(([name, field]) => {
    const full = path ? `${path}.${name}` : name
    const must = (known.required || []).includes(name) ? '必填 yes' : ''
    const inner = depth < 4 ? fieldRows(spec, field.type === 'array' ? field.items : field, field.type === 'array' ? `${full}[]` : full, depth + 1) : []
    return [[full, kindOf(spec, field), must, resolve(spec, field).description], ...inner]
  })
}

function shapeBox(spec, title, content) {
  const shape = content && content['application/json'] && content['application/json'].schema
  if (!shape) return []
  const rows = fieldRows(spec, shape)
  if (!rows.length) return [part('h3', `${title}: ${kindOf(spec, shape)}`)]
  return [part('h3', title), table(['字段 Field', '类型 Type', '必填 Required', ''], rows)]
}

function routeBox(spec, path, method, route, shared) {
  const inside = part('div', '')
  const why = part('p', route.description || '')
  why.className = 'why'
  inside.append(why)
  const parameters = [...shared, ...(route.parameters || [])].map((one) => resolve(spec, one))
  if (parameters.length) {
    inside.append(part('h3', '参数 Parameters'), table(['名称 Name', '位置 In', '类型 Type', ''], parameters.map((one) => [one.name + (one.required ? ' *' : ''), one.in, kindOf(spec, one.schema), one.description])))
  }
  inside.append(...shapeBox(spec, '请求 Request', route.requestBody && route.requestBody.content))
  for (const [status, answer] of Object.entries(route.responses)) {
    const known = resolve(spec, answer)
    if (status < '300') inside.append(...shapeBox(spec, `回答 Answer ${status}`, known.content))
  }
  const answers = Object.entries(route.responses).map(([status, answer]) => [status, resolve(spec, answer).description])
  inside.append(part('h3', '状态 Statuses'), table(['', ''], answers))
  const head = part('summary', '', part('b', method.toUpperCase()), part('code', path), part('span', route.summary || ''))
  const box = part('details', '', head, inside)
  box.dataset.find = `${method} ${path} ${route.summary} ${route.description}`.toLowerCase()
  return box
}

function draw(spec) {
  document.getElementById('about').textContent = spec.info.description.replaceAll('`', '')
  const groups = new Map(spec.tags.map((tag) => [tag.name, part('section', '', part('h2', tag.description || tag.name))]))
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of METHODS.filter((one) => item[one])) {
      const route = item[method]
      groups.get(route.tags[0]).append(routeBox(spec, path, method, route, item.parameters || []))
    }
  }
  const nav = document.getElementById('groups')
  for (const [name, section] of groups) {
    section.id = `group-${name}`
    const link = part('a', section.firstChild.textContent)
    link.href = `#group-${name}`
    nav.append(link)
  }
  document.getElementById('routes').replaceChildren(...groups.values())
}

document.getElementById('find').addEventListener('input', (event) => {
  const wanted = event.target.value.toLowerCase()
  for (const box of document.querySelectorAll('details')) box.hidden = !box.dataset.find.includes(wanted)
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('details:not([hidden])')
})

fetch('/api/openapi.json').then((answer) => answer.json()).then(draw, () => {
  document.getElementById('routes').textContent = '读取失败，请重试 Could not be loaded, please try again'
})
