/** Arrow's columns into plain rows, in one place: above `database/` nobody knows Arrow. */
import { DataType, type Table as ArrowTable } from 'apache-arrow';

/** A plain value. Days and instants are `Date`s in UTC; a list comes as an array of plain values. */
export type DataValue = string | number | boolean | Date | null | DataValue[];

/** One row of an answer, by column name. */
export type DataRow = Record<string, DataValue>;

function plain(value: unknown, type: DataType): DataValue {
	if (value === null || value === undefined) return null;
	if (DataType.isDate(type) || DataType.isTimestamp(type)) return new Date(Number(value));
	if (DataType.isList(type)) {
		const item = type.children[0]?.type as DataType | undefined;
		return item ? Array.from(value as Iterable<unknown>, (one) => plain(one, item)) : [];
	}
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'boolean':
			return value;
		case 'bigint':
			if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
				throw new RangeError(`${value} is larger than a number can hold exactly; cast it in SQL.`);
			}
			return Number(value);
		default:
			throw new TypeError(`A column of Arrow type ${type.typeId} has no plain value; cast it in SQL.`);
	}
}

/** The rows of an Arrow table. */
export function rowsOf<R extends DataRow = DataRow>(table: ArrowTable): R[] {
	const columns = table.schema.fields.map((field, index) => ({
		name: field.name,
		type: field.type as DataType,
		values: table.getChildAt(index)
	}));
	return Array.from({ length: table.numRows }, (_, row) => {
		const out: DataRow = {};
		for (const { name, type, values } of columns) out[name] = plain(values?.get(row), type);
		return out as R;
	});
}
