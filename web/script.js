// The starter page: fills in this origin, and shows the plans as the API tells them.

const plansList = document.getElementById('plans');
const plansStatus = document.getElementById('plans-status');
const againButton = document.getElementById('plans-again');

fillIn('[data-origin]', window.location.origin);
if (/^(localhost|127\.0\.0\.1|\[::1\])$/.test(window.location.hostname)) {
  document.getElementById('local-mail').hidden = false;
}
againButton.addEventListener('click', showPlans);
showPlans();
showFirstModel();

async function showPlans() {
  againButton.hidden = true;
  plansList.hidden = true;
  say('Loading the plans …');
  try {
    const plans = (await readJson('/v1/plans')).data;
    plansList.replaceChildren(...plans.map(planCard));
    if (plans.length > 0) fillIn('[data-plan]', plans[0].name);
    plansList.hidden = plans.length === 0;
    say(plans.length === 0 ? 'No plan is on offer right now.' : `${plans.length} to choose from`);
  } catch (error) {
    say(`The plans could not be loaded: ${error.message}`, true);
    againButton.hidden = false;
  }
}

/** The examples work with any model; without this one they keep the name in the page. */
async function showFirstModel() {
  const models = await readJson('/v1/models').catch(() => ({ data: [] }));
  if (models.data.length > 0) fillIn('[data-model]', models.data[0].id);
}

async function readJson(path) {
  const response = await fetch(path).catch(() => {
    throw new Error('the server did not answer.');
  });
  const body = await response.json().catch(() => undefined);
  if (response.ok && Array.isArray(body?.data)) return body;
  throw new Error(body?.error?.message ?? `the server answered ${response.status}.`);
}

function planCard(plan) {
  const card = element('li', 'plan');
  const amount = element('p', 'amount', plan.requestsPerDay.toLocaleString('en'));
  amount.append(' ', element('small', '', plan.requestsPerDay === 1 ? 'request a day' : 'requests a day'));
  const details = element('ul');
  for (const text of detailsOf(plan)) details.append(element('li', '', text));
  card.append(element('h3', '', plan.name), amount, details);
  return card;
}

function detailsOf(plan) {
  const details = [plan.price];
  if (plan.requestsPerHour !== null) details.push(`At most ${plan.requestsPerHour} an hour`);
  if (plan.requestsPerMinute !== null) details.push(`At most ${plan.requestsPerMinute} a minute`);
  details.push(plan.models === null ? 'Every model' : `Models: ${plan.models.join(', ')}`);
  details.push(plan.maxKeysPerPlan === 1 ? 'One key' : `Up to ${plan.maxKeysPerPlan} keys`);
  if (!plan.selfService) details.push('Ask an admin for it');
  return details;
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.textContent = text;
  return made;
}

function fillIn(selector, text) {
  for (const place of document.querySelectorAll(selector)) place.textContent = text;
}

function say(text, isWrong = false) {
  plansStatus.textContent = text;
  plansStatus.classList.toggle('wrong', isWrong);
}
