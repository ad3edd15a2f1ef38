/* The console's page: what /api tells, shown and refreshed; no build step, so what browsers of some years ago know as well. */
(function () {
  'use strict';
  var h = preact.h;
  var asked = /[?&]lang=(en|ru)/.exec(location.search);
  var lang = asked ? asked[1] : /^ru/i.test(navigator.language || '') ? 'ru' : 'en';
  var t = WORDS[lang];
  document.documentElement.lang = lang;
  document.title = 'ident-amocrm · ' + t.title;

  var view = {state: null, runs: null, figures: null, letters: null, checks: null, away: false, message: null, chosen: {}, code: '', kind: 'receptions',
    story: null, storyOf: null, sent: false, sure: null, busy: {}, released: {}, api: null};

  /* More rows than this are not shown at once; the table for spreadsheets has all of them. */
  var ROWS = 200;
  /* As many ids as one request names. */
  var IDS = 1000;

  function set(change) {
    Object.keys(change).forEach(function (name) { view[name] = change[name]; });
    preact.render(h(Page), document.body);
  }

  /* ---- the API */

  function call(method, path, body) {
    return fetch('/api' + path, {method: method, credentials: 'same-origin', headers: method === 'GET' ? {'Accept-Language': lang} : {'Accept-Language': lang, 'Content-Type': 'application/json'},
      body: method === 'GET' ? undefined : JSON.stringify(body || {})}).then(function (answer) {
      return answer.json().then(function (json) {
        if (!answer.ok) {
          throw json;
        }
        return json;
      }, function () {
        throw {title: t.odd + ' (' + answer.status + ')', status: answer.status};
      });
    });
  }

  /* A run of the schedule holds the lock for a moment: whoever wants one thing sent need not know. */
  function persistently(ask, times) {
    return ask().catch(function (problem) {
      if (!problem || problem.status !== 409 || times === 0) {
        throw problem;
      }
      return new Promise(function (done) { setTimeout(done, 1000); }).then(function () { return persistently(ask, times - 1); });
    });
  }

  var asking = {};

  /* Asks for one thing once at a time: a service that is slow to answer is not asked the more for it. What was asked before something was
     done may be old: then it is asked for once more. */
  function load(name, path, anew) {
    if (asking[name]) {
      asking[name].anew = asking[name].anew || anew;
      return;
    }
    asking[name] = {anew: false};
    function answered() {
      var again = asking[name].anew;
      asking[name] = null;
      if (again) {
        load(name, path);
      }
    }
    call('GET', path).then(function (json) {
      answered();
      var change = {away: false};
      change[name] = json;
      set(change);
      if (name === 'runs') {
        lookAfterRun(json.last);
      }
    }, function (problem) {
      answered();
      set({away: !problem || !problem.title});
    });
  }

  var lastEnd = null;

  /* What a run has brought shows as soon as it has come to its end. */
  function lookAfterRun(runs) {
    if (runs.length && runs[0].ended_at !== lastEnd) {
      lastEnd = runs[0].ended_at;
      load('figures', '/figures');
      load('letters', '/dead-letters');
    }
  }

  function settingUp() {
    return !!view.state && !!view.state.missing;
  }

  function refresh(everything, anew) {
    load('state', '/state', anew);
    if (settingUp()) {
      return;
    }
    load('runs', '/runs', anew);
    if (everything) {
      load('figures', '/figures', anew);
      load('letters', '/dead-letters', anew);
    }
  }

  function busy(name, is) {
    var now = Object.assign({}, view.busy);
    now[name] = is;
    set({busy: now});
  }

  function act(name, promise, done) {
    var asked = view.sure !== null;
    set({sure: null, message: null});
    busy(name, true);
    promise.then(function (json) {
      busy(name, false);
      done(json);
      refresh(true, true);
    }).catch(function (problem) {
      busy(name, false);
      set({message: {wrong: true, text: t.failedTo + ': ' + (problem && problem.title
        ? (problem.detail || problem.title) + (problem.remedy ? '. ' + problem.remedy : '') : t.away)}});
    }).then(function () {
      // The button that was pressed is gone with its question.
      if (asked) {
        focus('message');
      }
    });
  }

  function focus(id) {
    var element = document.getElementById(id);
    if (element) {
      element.focus();
    }
  }

  /* ---- small things */

  function date(text, withDay) {
    if (!text) {
      return t.never;
    }
    var options = {hour: '2-digit', minute: '2-digit'};
    if (view.state && view.state.zone) {
      options.timeZone = view.state.zone;
    }
    if (withDay || Math.abs(Date.now() - Date.parse(text)) > 43200000) {
      options.day = '2-digit';
      options.month = '2-digit';
    }
    return new Date(text).toLocaleString(lang === 'ru' ? 'ru-RU' : 'en-GB', options);
  }

  function count(number) {
    return number === null || number === undefined ? '–' : String(number).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  }

  function span(seconds) {
    var units = lang === 'ru' ? ['с', 'мин', 'ч', 'дн.'] : ['s', 'min', 'h', 'd'];
    return seconds < 90 ? Math.round(seconds) + '\u00a0' + units[0] : seconds < 5400 ? Math.round(seconds / 60) + '\u00a0' + units[1]
      : seconds < 172800 ? Math.round(seconds / 3600) + '\u00a0' + units[2] : Math.round(seconds / 86400) + '\u00a0' + units[3];
  }

  function link(what, id) {
    return h('a', {href: view.state.amocrm + '/' + (what === 'deal' ? 'leads' : 'contacts') + '/detail/' + id, target: '_blank', rel: 'noreferrer',
      'aria-label': t[what] + ' ' + id + ' ' + t.inAmocrm}, id);
  }

  /* Deals and contacts that a sentence names become links. */
  function linked(text) {
    var parts = [];
    var rest = String(text);
    var found;
    /* A word's edge is known of Latin letters only. */
    while ((found = /(^|[^\wа-яё])(deal|contact|сделк[а-яё]*|контакт[а-яё]*) (\d+)/i.exec(rest)) && view.state) {
      parts.push(rest.substring(0, found.index + found[1].length) + found[2] + ' ', link(/^(deal|сделк)/i.test(found[2]) ? 'deal' : 'contact', found[3]));
      rest = rest.substring(found.index + found[0].length);
    }
    parts.push(rest);
    return parts;
  }

  function cause(letter) {
    return (t.codes[letter.code] || letter.error) + (letter.detail ? ' (' + letter.detail + ')' : '');
  }

  /* While it is busy it stays in reach of the keyboard, and does nothing. */
  function button(name, text, onclick, more) {
    return h('button', Object.assign({type: 'button', id: name, onClick: function () {
      if (!view.busy[name]) {
        onclick();
      }
    }, 'aria-busy': view.busy[name] ? 'true' : null, 'aria-disabled': view.busy[name] ? 'true' : null}, more), text);
  }

  /* A button that asks once more before it does what cannot be taken back; the keyboard goes along. */
  function careful(name, text, question, onclick, more) {
    function no() {
      set({sure: null});
      focus(name);
    }
    if (view.sure !== name) {
      return button(name, text, function () {
        set({sure: name});
        focus(name + '-sure');
      }, more);
    }
    return h('span', {id: name + '-sure', role: 'group', 'aria-label': question, tabIndex: -1, onKeyDown: function (event) {
      if (event.key === 'Escape') {
        no();
      }
    }}, question + ' ', button(name + '-yes', t.yes, onclick), ' ', button(name + '-no', t.no, no, {class: 'secondary'}));
  }

  /* ---- state */

  function State() {
    var state = view.state;
    if (!state) {
      return h('p', {'aria-busy': 'true'}, t.light.grey);
    }
    return [
      h('article', {class: 'light ' + state.light},
        h('svg', {viewBox: '0 0 24 24', 'aria-hidden': 'true'}, h('circle', {cx: 12, cy: 12, r: 11, fill: 'currentColor'}),
          h('path', {d: state.light === 'green' ? 'm6 12.5 4 4 8-9' : state.light === 'grey' ? 'M12 6v6l4 2' : 'M12 6v8m0 3v1.5', fill: 'none', stroke: '#fff', 'stroke-width': 2.6})),
        h('h2', {id: 'light', tabIndex: -1}, settingUp() ? state.missing.length ? t.setUp : t.setUpDone : t.light[state.light]),
        h('div', null, h('p', {id: 'next'}, t.next[state.next] || state.next),
          state.next_message ? h('p', {class: 'small mute'}, linked(state.next_message)) : null,
          state.next === 'paused' ? button('next-resume', t.resume, resume) : null,
          state.next === 'look-at-dead-letters' || state.next === 'dead-letters' ? h('p', null, h('a', {href: '#letters'}, t.letters)) : null,
          /^(ident|redis|amocrm|last-run)/.test(state.next) ? h('p', null, h('a', {href: '#checks'}, t.checks)) : null,
          (state.brakes || []).filter(function (brake) { return view.released[brake.kind] !== brake.since; }).map(Brake))),
      settingUp() ? state.missing.length ? Missing(state.missing) : null : h('dl', {class: 'facts'},
        fact(t.notArrived, count(state.dead_letters)),
        fact(t.fresh, state.cursor_lag_seconds === null || state.cursor_lag_seconds === undefined ? t.never : span(Math.max(0, state.cursor_lag_seconds)) + ' ' + t.ago),
        fact(t.token, tokenText(state.tokens)),
        fact(t.lastReceptions, date((state.last_runs || {}).receptions)),
        fact(t.lastPatients, date((state.last_runs || {}).patients)),
        fact(t.lastDeep, date((state.last_runs || {}).deep)),
        fact(t.deals, count(state.deals)), fact(t.contacts, count(state.contacts))),
      settingUp() ? null : h('details', {open: state.light === 'red'}, h('summary', null, t.reasons, state.at ? ', ' + t.asOf + ' ' + date(state.at) : ''),
        h('table', {class: 'story'}, h('caption', {class: 'hidden'}, t.reasons), h('tbody', null, state.checks.map(function (check) {
          return h('tr', {key: check.check}, h('th', {scope: 'row'}, t.check[check.check] || check.check),
            h('td', null, h('span', {class: 'mark ' + (check.up ? 'green' : 'red')}, check.up ? t.fine : t.wrong), check.message && check.message !== 'ok' ? [' ', linked(check.message)] : null));
        }))))
    ];
  }

  function Brake(brake) {
    return h('div', {key: brake.kind, class: 'tools'}, h('span', null, brake.seen + '; ' + brake.effect + ' (' + t.since + ' ' + date(brake.since, true) + ')'),
      careful('release-' + brake.kind, t.release, t.sureRelease, function () {
        act('release-' + brake.kind, call('POST', '/brakes/release', {kind: brake.kind}), function () {
          /* The state is as of the last look, and shows it for a while. */
          view.released[brake.kind] = brake.since;
          set({message: {text: t.released}});
        });
      }, {class: 'secondary'}));
  }

  /* What is not set, part by part in the order in which it is set up; the first part is the next step. */
  function Missing(missing) {
    return [
      h('p', {id: 'where-to-set'}, t.whereToSet),
      h('table', {class: 'story', id: 'missing'}, h('caption', {class: 'hidden'}, t.missing), h('tbody', null, missing.map(function (one) {
        return h('tr', null, h('th', {scope: 'row'}, t.part[one.part]), h('td', null, one.text, one.remedy ? h('div', {class: 'mute'}, one.remedy) : null));
      })))
    ];
  }

  function fact(name, value) {
    return h('div', null, h('dt', null, name), h('dd', null, value));
  }

  function tokenText(tokens) {
    return !tokens ? t.unknown : !tokens.present ? t.noToken : tokens.renewable ? t.renews : tokens.days === null ? t.fine : tokens.days + ' ' + t.days;
  }

  /* ---- charts: bars of SVG and the same figures as a table for those who hear the page */

  var OUTCOMES = {created: ['created', 'created_deal'], updated: ['updated'], failed: ['failed']};

  function sum(counted, outcomes, funnel) {
    var total = 0;
    Object.keys(counted || {}).forEach(function (kind) {
      outcomes.forEach(function (outcome) {
        var byFunnel = (counted[kind] || {})[outcome] || {};
        Object.keys(byFunnel).forEach(function (one) { total += !funnel || one === funnel ? byFunnel[one] : 0; });
      });
    });
    return total;
  }

  function bySeries(counted, series) {
    return series.map(function (one) {
      return OUTCOMES[one] ? sum(counted, OUTCOMES[one]) : sum(counted, ['created', 'created_deal', 'updated'], one);
    });
  }

  function Chart(name, columns, series, head) {
    var rows = columns.map(function (column) { return {label: column.label, title: column.title, values: bySeries(column.counted, series)}; });
    var most = Math.max.apply(null, rows.map(function (row) { return row.values.reduce(function (a, b) { return a + b; }, 0); }).concat(0));
    var width = 480;
    var height = 130;
    var step = width / rows.length;
    return h('article', null, h('figure', null,
      h('figcaption', null, h('strong', null, name)),
      most === 0 ? h('p', {class: 'mute small'}, t.nothingYet) : h('svg', {viewBox: '0 0 ' + width + ' ' + (height + 34), 'aria-hidden': 'true'},
        h('line', {x1: 0, x2: width, y1: height + 16, y2: height + 16}),
        rows.map(function (row, index) {
          var y = height + 16;
          var total = row.values.reduce(function (a, b) { return a + b; }, 0);
          return h('g', null, h('title', null, row.title + ': ' + series.map(function (one, i) { return t.series[one] + ' ' + row.values[i]; }).join(', ')),
            row.values.map(function (value, i) {
              var bar = value / most * height;
              y -= bar;
              return value ? h('rect', {class: series[i], x: index * step + step * 0.15, y: y, width: step * 0.7, height: bar}) : null;
            }),
            total ? h('text', {x: (index + 0.5) * step, y: y - 4, 'text-anchor': 'middle'}, total) : null,
            row.label === null ? null : h('text', {x: (index + 0.5) * step, y: height + 30, 'text-anchor': 'middle'}, row.label));
        })),
      h('ul', {class: 'legend', 'aria-hidden': 'true'}, series.map(function (one) {
        return h('li', null, h('svg', {viewBox: '0 0 10 10'}, h('rect', {class: one, width: 10, height: 10, rx: 2})), t.series[one]);
      })),
      series.indexOf('failed') >= 0 && rows.some(function (row) { return row.values[series.indexOf('failed')] > 0; })
        ? h('p', {class: 'mute small'}, t.attemptsCounted) : null,
      h('div', {class: 'hidden'}, h('table', null, h('caption', null, name),
        h('thead', null, h('tr', null, h('th', {scope: 'col'}, head), series.map(function (one) { return h('th', {scope: 'col'}, t.series[one]); }))),
        h('tbody', null, rows.map(function (row) {
          return h('tr', null, h('th', {scope: 'row'}, row.title), row.values.map(function (value) { return h('td', null, value); }));
        }))))));
  }

  function Figures() {
    var figures = view.figures;
    if (!figures) {
      return null;
    }
    var hours = [];
    for (var hour = 0; hour < 24; hour++) {
      hours.push({label: hour % 3 === 0 ? hour : null, title: (hour < 10 ? '0' : '') + hour + ':00', counted: figures.hours[hour]});
    }
    var days = Object.keys(figures.days).sort().map(function (day) {
      var at = new Date(day + 'T12:00:00Z');
      return {label: at.toLocaleDateString(lang === 'ru' ? 'ru-RU' : 'en-GB', {weekday: 'short', timeZone: 'UTC'}) + ' ' + Number(day.substring(8)), title: day, counted: figures.days[day]};
    });
    var outcomes = ['created', 'updated', 'failed'];
    var funnels = ['primary', 'secondary'];
    return h('div', {class: 'charts'},
      Chart(t.today + ', ' + t.byOutcome, hours, outcomes, t.hour), Chart(t.week + ', ' + t.byOutcome, days, outcomes, t.day),
      Chart(t.today + ', ' + t.byFunnel, hours, funnels, t.hour), Chart(t.week + ', ' + t.byFunnel, days, funnels, t.day));
  }

  /* ---- what did not arrive */

  function all() {
    var letters = view.letters || {receptions: [], patients: []};
    return letters.receptions.map(function (letter) { return {kind: 'receptions', letter: letter, key: 'receptions/' + letter.id}; })
      .concat(letters.patients.map(function (letter) { return {kind: 'patients', letter: letter, key: 'patients/' + letter.id}; }));
  }

  function shown() {
    return all().filter(function (one) { return !view.code || one.letter.code === view.code; });
  }

  function chosen() {
    return shown().filter(function (one) { return view.chosen[one.key]; });
  }

  /* Chosen ones of both kinds: a request for each kind. */
  function onChosen(name, path, said) {
    var both = ['receptions', 'patients'].map(function (kind) {
      return {kind: kind, ids: chosen().filter(function (one) { return one.kind === kind; }).map(function (one) { return one.letter.id; })};
    }).filter(function (one) { return one.ids.length; });
    var requests = [];
    both.forEach(function (one) {
      for (var from = 0; from < one.ids.length; from += IDS) {
        requests.push(call('POST', '/dead-letters/' + path, {kind: one.kind, ids: one.ids.slice(from, from + IDS)}));
      }
    });
    act(name, Promise.all(requests), function (answers) {
      var done = answers.reduce(function (total, answer) { return total + answer.done.length; }, 0);
      set({chosen: {}, message: {text: done + ' ' + said}});
    });
  }

  function Letters() {
    if (!view.letters) {
      return null;
    }
    var codes = {};
    all().forEach(function (one) { codes[one.letter.code] = one.letter; });
    var rows = shown();
    var picked = chosen();
    if (all().length === 0) {
      return h('p', null, t.none);
    }
    return [
      h('div', {class: 'tools'},
        h('label', {class: 'hidden', for: 'code'}, t.cause),
        h('select', {id: 'code', onChange: function (event) { set({code: event.target.value, chosen: {}}); }}, h('option', {value: '', selected: !view.code}, t.everyCause),
          Object.keys(codes).sort().map(function (code) { return h('option', {value: code, selected: view.code === code}, t.codes[code] || codes[code].error); })),
        button('all-letters', t.selectAll, function () {
          var every = {};
          rows.forEach(function (one) { every[one.key] = true; });
          set({chosen: picked.length === rows.length ? {} : every});
        }, {class: 'secondary'}),
        button('retry', t.retrySelected, function () { onChosen('retry', 'retry', t.retried); }, {disabled: !picked.length && !view.busy.retry}),
        careful('discard', t.discardSelected, t.sureDiscard, function () { onChosen('discard', 'discard', t.discarded); },
          {class: 'secondary', disabled: !picked.length && !view.busy.discard}),
        h('span', {class: 'mute small grow', role: 'status'}, picked.length ? count(picked.length) + ' ' + t.selected : ''),
        h('a', {id: 'csv', href: '/api/dead-letters.csv', download: 'dead-letters.csv'}, t.csv)),
      h('table', {class: 'cards'}, h('caption', {class: 'hidden'}, t.letters),
        h('thead', null, h('tr', null, [h('span', {class: 'hidden'}, t.choose), t.what, t.cause, t.remedy, t.age, t.attempts, t.nextTry, t.deal].map(function (name) { return h('th', {scope: 'col'}, name); }))),
        h('tbody', null, rows.slice(0, ROWS).map(function (one) {
          var letter = one.letter;
          var name = t[one.kind === 'receptions' ? 'reception' : 'patient'] + ' ' + letter.id;
          return h('tr', {key: one.key},
            h('td', {'data-name': t.choose}, h('input', {type: 'checkbox', 'aria-label': t.choose + ': ' + name, checked: !!view.chosen[one.key], onChange: function (event) {
              var now = Object.assign({}, view.chosen);
              now[one.key] = event.target.checked;
              set({chosen: now});
            }})),
            h('td', {class: 'plain'}, h('a', {href: '#lookup', onClick: function () { lookUp(one.kind, String(letter.id)); }}, name)),
            h('td', {class: 'plain'}, cause(letter)), h('td', {class: 'plain mute'}, t.helps[letter.code] || letter.remedy),
            h('td', {'data-name': t.age}, date(letter.first_at, true)), h('td', {'data-name': t.attempts, class: 'number'}, letter.attempts),
            h('td', {'data-name': t.nextTry}, date(letter.next_at, true)), h('td', {'data-name': t.deal}, letter.deal_id ? link('deal', letter.deal_id) : null));
        }))),
      rows.length > ROWS ? h('p', {class: 'mute small'}, t.more + ' ' + count(rows.length - ROWS)) : null
    ];
  }

  /* ---- look up */

  function lookUp(kind, id) {
    if (!/^\d+$/.test(id)) {
      return;
    }
    set({kind: kind, story: null, sent: false});
    document.getElementById('id').value = id;
    act('show', call('GET', '/' + kind + '/' + id), function (json) { set({story: json, storyOf: {kind: kind, id: id}, sent: false}); });
  }

  function send() {
    var of = view.storyOf;
    act('send', persistently(function () { return call('POST', '/' + of.kind + '/' + of.id + '/send'); }, 15), function (json) {
      set({story: json, sent: true, message: {text: t.sent + ': ' + (t.outcomes[json.outcome] || json.outcome)}});
    });
  }

  function Story(story) {
    var deal = story.place ? story : null;
    var told = deal ? story.reception : story;
    return [
      deal ? h('p', null, t.deal + ' ', link('deal', deal.deal_id), ': ' + t.place[deal.place] + (deal.reception_id ? ', ' + t.reception + ' ' + deal.reception_id : '')) : null,
      told ? [
        h('p', null, h('strong', null, t[told.reception_id ? 'reception' : 'patient'] + ' ' + (told.reception_id || told.patient_id)), ': ', h('strong', {id: 'outcome'}, t.outcomes[told.outcome] || told.outcome),
          told.deal_id ? [', ' + t.deal + ' ', link('deal', told.deal_id)] : null),
        h('h3', null, t.story),
        h('table', {class: 'story'}, h('caption', {class: 'hidden'}, t.story), h('tbody', null, (told.steps || []).concat(told.background || []).map(function (step) {
          return h('tr', null, h('th', {scope: 'row'}, t.rules[step.rule] || step.rule), h('td', null, linked(step.text)));
        }))),
        h('h3', null, view.sent ? t.wasSent : t.difference),
        told.changes && told.changes.length ? h('table', {class: 'cards'}, h('caption', {class: 'hidden'}, t.difference),
          h('thead', null, h('tr', null, [t.where, t.field, t.before, t.after].map(function (name) { return h('th', {scope: 'col'}, name); }))),
          h('tbody', null, told.changes.map(function (change) {
            return h('tr', null, h('td', {class: 'plain'}, linked(change.entity)), h('td', {'data-name': t.field}, change.field), h('td', {'data-name': t.before, class: 'mute'}, change.before), h('td', {'data-name': t.after}, linked(change.after)));
          }))) : h('p', null, t.noDifference),
        deal ? null : careful('send', t.send, t.sureSend, send)
      ] : null
    ];
  }

  function Lookup() {
    return [
      h('form', {class: 'tools', onSubmit: function (event) {
        event.preventDefault();
        lookUp(view.kind, document.getElementById('id').value);
      }},
        h('label', {class: 'hidden', for: 'kind'}, t.what),
        h('select', {id: 'kind', onChange: function (event) { set({kind: event.target.value}); }}, ['receptions', 'patients', 'deals'].map(function (kind) {
          return h('option', {value: kind, selected: view.kind === kind}, t[kind.substring(0, kind.length - 1)]);
        })),
        h('label', {class: 'hidden', for: 'id'}, t.number),
        h('input', {id: 'id', inputMode: 'numeric', pattern: '[0-9]+', required: true, placeholder: t.number}),
        h('button', {type: 'submit', id: 'show', 'aria-busy': view.busy.show ? 'true' : null}, t.show)),
      h('p', {class: 'hidden', role: 'status'}, view.story ? t.shown + ' ' + t[view.storyOf.kind.substring(0, view.storyOf.kind.length - 1)] + ' ' + view.storyOf.id : ''),
      view.story ? h('article', {id: 'story'}, Story(view.story)) : null
    ];
  }

  /* ---- runs */

  function start(run) {
    act('start-' + run, call('POST', '/runs', {run: run}), function () { set({message: {text: t[run] + ': ' + t.started}}); });
  }

  function pause() {
    act('pause', call('POST', '/runs/pause'), function () { set({message: {text: t.paused}}); });
  }

  function resume() {
    act('resume', call('POST', '/runs/resume'), function () { set({message: null}); });
  }

  function Runs() {
    var runs = view.runs;
    if (!runs) {
      return null;
    }
    return [
      h('div', {class: 'tools'}, ['receptions', 'patients', 'deep'].map(function (run) {
        return button('start-' + run, t.start + ': ' + t[run].toLowerCase(), function () { start(run); }, {class: 'secondary'});
      }), runs.paused ? button('resume', t.resume, resume) : button('pause', t.pause, pause, {class: 'secondary'})),
      h('p', {class: 'hidden', role: 'status'}, runs.under_way.map(function (run) { return t[run.run] + ': ' + t.underWay; }).join(', ')),
      h('div', {id: 'under-way'}, runs.under_way.length ? runs.under_way.map(function (run) {
        var rate = run.done / Math.max(run.seconds, 0.1);
        return h('div', {key: run.run}, h('label', {for: 'progress-' + run.run}, t[run.run] + ': ' + count(run.done) + ' ' + t.of + ' ' + count(run.found)
          + (run.done && run.seconds > 1 ? ', ' + t.toGo + ' ' + span((run.found - run.done) / rate) : '') + (run.failed ? ', ' + t.failed.toLowerCase() + ' ' + run.failed : '')),
          h('progress', {id: 'progress-' + run.run, max: run.found, value: run.done}));
      }) : h('p', {class: 'mute'}, t.idle)),
      runs.last.length ? h('table', {class: 'cards'}, h('caption', {class: 'hidden'}, t.runs),
        h('thead', null, h('tr', null, [t.run, t.mode, t.ended].map(function (name) { return h('th', {scope: 'col'}, name); }),
          [t.seconds, t.found, t.created, t.updated, t.failed, t.requests].map(function (name) { return h('th', {scope: 'col', class: 'number'}, name); }))),
        h('tbody', null, lastRuns(runs.last).map(function (run) {
          return h('tr', {key: run.run + run.ended_at}, h('td', {class: 'plain'}, t[run.run] || run.run), h('td', {'data-name': t.mode}, t.modes[run.mode] || run.mode),
            h('td', {'data-name': t.ended}, date(run.ended_at)), [[t.seconds, run.seconds.toFixed(1)], [t.found, count(run.found || 0)], [t.created, count((run.created || 0) + (run.created_deal || 0))],
              [t.updated, count(run.updated || 0)], [t.failed, count(run.failed || 0)], [t.requests, count(run.amocrm_requests || 0)]].map(function (cell) {
              return h('td', {'data-name': cell[0], class: 'number'}, cell[1]);
            }));
        }))) : h('p', {class: 'mute'}, t.noRuns)
    ];
  }

  /* Runs every minute that found nothing are no news, but for the last one. */
  function lastRuns(runs) {
    return runs.filter(function (run, index) { return index === 0 || run.found; }).slice(0, 12);
  }

  /* ---- the doctor */

  function look() {
    act('look', call('POST', '/doctor'), function (json) { set({checks: json}); });
  }

  function fine(finding) {
    return finding.level === 'ok';
  }

  function Findings(findings) {
    return h('table', {class: 'story'}, h('caption', {class: 'hidden'}, t.checks), h('tbody', null, findings.map(function (finding) {
      return h('tr', null, h('th', {scope: 'row'}, finding.about), h('td', null, h('span', {class: 'mark ' + {ok: 'green', warning: 'yellow', problem: 'red'}[finding.level]}, t.level[finding.level]),
        ' ' + finding.text, finding.remedy ? h('div', {class: 'mute'}, finding.remedy) : null));
    })));
  }

  function Checks() {
    var findings = view.checks && view.checks.findings;
    return [
      h('div', {class: 'tools'}, button('look', t.look, look, {class: 'secondary'}),
        h('span', {class: 'mute small', 'aria-live': 'polite'}, view.busy.look ? t.looking : findings ? t.asOf + ' ' + date(view.checks.at) : t.notLooked)),
      findings ? h('div', {id: 'findings'}, Findings(findings.filter(function (finding) { return finding.level !== 'ok'; }).sort(function (a, b) {
        return a.level < b.level ? -1 : a.level > b.level ? 1 : 0;
      })), h('details', null, h('summary', null, t.well + ': ' + findings.filter(fine).length), Findings(findings.filter(fine)))) : null
    ];
  }

  /* ---- the page */

  function section(id, content) {
    return settingUp() ? null : h('section', {id: id, 'aria-labelledby': id + '-title'}, h('h2', {id: id + '-title'}, t[id]), content);
  }

  function Page() {
    return [
      h('header', {class: 'container'}, h('a', {class: 'skip', href: '#light'}, t.skip), h('h1', null, 'ident-amocrm', view.state ? h('small', {class: 'mute'}, view.state.account) : null),
        h('nav', {'aria-label': t.title}, h('ul', null, (settingUp() ? [] : ['figures', 'letters', 'lookup', 'runs', 'checks']).map(function (id) {
          return h('li', null, h('a', {href: '#' + id}, t[id]));
        }), h('li', null, h('a', {href: '?lang=' + (lang === 'ru' ? 'en' : 'ru'), lang: lang === 'ru' ? 'en' : 'ru', hrefLang: lang === 'ru' ? 'en' : 'ru'}, t.other))))),
      h('main', {class: 'container'},
        h('div', {role: 'status', 'aria-live': 'polite'}, view.away ? h('p', {class: 'message wrong'}, t.away) : null,
          view.message ? h('p', {id: 'message', tabIndex: -1, class: 'message' + (view.message.wrong ? ' wrong' : '')}, h('span', null, view.message.text),
            button('close', '×', function () { set({message: null}); }, {class: 'secondary outline', 'aria-label': t.close})) : null),
        h('section', {id: 'state', 'aria-label': t.state}, State()),
        section('figures', Figures()), section('letters', Letters()), section('lookup', Lookup()), section('runs', Runs()), section('checks', Checks())),
      h('footer', {class: 'container mute'}, h('p', null, 'ident-amocrm ' + (view.state ? view.state.version : '')), settingUp() ? null : Api())
    ];
  }

  /* What programs may ask, as the document of the API says. */
  function Api() {
    var operations = [];
    Object.keys(view.api ? view.api.paths : {}).forEach(function (path) {
      Object.keys(view.api.paths[path]).forEach(function (verb) {
        operations.push(h('tr', null, h('th', {scope: 'row'}, h('code', null, verb.toUpperCase() + ' ' + path)), h('td', null, view.api.paths[path][verb].summary)));
      });
    });
    return h('details', {id: 'api', onToggle: function (event) {
      if (event.target.open && !view.api) {
        load('api', '/openapi.json');
      }
    }}, h('summary', null, t.api), h('p', null, h('a', {href: '/api/openapi.json'}, 'OpenAPI')),
      h('table', {class: 'story', lang: 'en'}, h('caption', {class: 'hidden'}, t.api), h('tbody', null, operations)));
  }

  set({});
  refresh(true);
  var beats = 0;
  setInterval(function () {
    if (document.hidden) {
      return;
    }
    beats++;
    if (view.state && !settingUp() && !view.checks) {
      load('checks', '/doctor');
    }
    var under = view.runs && view.runs.under_way.length;
    if (under || view.away || beats % 3 === 0) {
      refresh(beats % 15 === 0 || !view.letters || !view.figures);
    }
  }, 1000);
}());
