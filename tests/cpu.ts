/** The time for which this process has kept a processor busy, in milliseconds: a bound on it holds however busy the machine is otherwise. */
export function cpuTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
