// An article written for this page.
export const example = {
  published: '2026-03-17',
  text: `Nordhaven to replace all lead pipes by 2029

NORDHAVEN, March 17 – The city of Nordhaven will replace all of its lead pipes by the end of 2029, Mayor Tom Iversen said on Tuesday, after tests found lead in the water of two schools.

“We will not raise water rates to pay for it,” Iversen told reporters. The work will cost 30 million euros; the government of Vestland has agreed to pay a third of it, if the regional parliament approves the money on April 14.

Ulla Sand, the director of the Nordhaven Waterworks, promised that digging would begin in May and that each household would get a filter free of charge until its pipe is replaced. The waterworks plans to hire 40 plumbers by June 1.

The opposition Liberals doubted that the deadline could be met. Their leader, Karin Moe, threatened to vote against the budget unless the city publishes all test results this week.`,
};
