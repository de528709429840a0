# frozen_string_literal: true

require "json"
require "time"

# An event with the interface that `ruby` filters use.
# https://www.elastic.co/guide/en/logstash/7.16/event-api.html
class Event
  # A moment as Logstash has it: `event.timestamp.time` is a Time.
  Timestamp = Struct.new(:time) do
    def to_s
      time.utc.iso8601(3)
    end

    def to_json(*options)
      to_s.to_json(*options)
    end
  end

  METADATA = "@metadata"

  def initialize(fields)
    @fields = fields
    @metadata = {}
    @fields["@version"] ||= "1"
    @fields["@timestamp"] = moment(@fields["@timestamp"])
  end

  def timestamp
    @fields["@timestamp"]
  end

  def get(reference)
    path(reference).reduce(root(reference)) do |value, name|
      case value
      when Hash then value[name]
      when Array then value[Integer(name, exception: false) || value.length]
      end
    end
  end

  def set(reference, value)
    *parents, name = path(reference)
    parents.reduce(root(reference)) { |fields, parent| fields[parent] = fields[parent].is_a?(Hash) ? fields[parent] : {} }[name] = value
  end

  def remove(reference)
    *parents, name = path(reference)
    holder = parents.reduce(root(reference)) { |fields, parent| fields.is_a?(Hash) ? fields[parent] : nil }
    holder.delete(name) if holder.is_a?(Hash)
  end

  def include?(reference)
    !get(reference).nil?
  end

  def tag(text)
    set("tags", Array(get("tags")) | [text])
  end

  # Without metadata, as outputs see it.
  def to_hash
    @fields.dup
  end

  # `%{field}` and `%{+date}`; what is absent stays as it is written.
  def sprintf(format)
    format.gsub(/%\{([^}]+)\}/) do |whole|
      reference = Regexp.last_match(1)
      next date(reference[1..]) if reference.start_with?("+")

      value = get(reference)
      case value
      when nil then whole
      when Hash then JSON.generate(value)
      when Array then value.join(",")
      else value.to_s
      end
    end
  end

  private

  def root(reference)
    reference.start_with?("[#{METADATA}]") ? @metadata : @fields
  end

  def path(reference)
    return [reference] unless reference.start_with?("[")

    names = reference.scan(/\[([^\[\]]+)\]/).flatten
    names.first == METADATA ? names.drop(1) : names
  end

  # Joda-Time's letters, as far as names of daily indices go.
  def date(pattern)
    raise ArgumentError, "the date #{pattern} is not known" unless pattern.match?(/\A[yMdH.\-]+\z/)

    timestamp.time.utc.strftime(pattern.gsub("yyyy", "%Y").gsub("MM", "%m").gsub("dd", "%d").gsub("HH", "%H"))
  end

  def moment(value)
    return Timestamp.new(Time.now.utc) if value.nil?

    Timestamp.new(Time.iso8601(value.to_s).utc)
  rescue ArgumentError
    tag("_timestampparsefailure")
    @fields["_@timestamp"] = value
    Timestamp.new(Time.now.utc)
  end
end
