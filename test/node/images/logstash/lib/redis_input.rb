# frozen_string_literal: true

require "json"
require "msgpack"
require "redis"
require "event"
require "filters"

# Takes events off one Redis list, up to 125 at a time, waits a quarter of a second where it is empty, and connects again
# after a second where the server is away.
# https://github.com/logstash-plugins/logstash-input-redis/blob/v3.7.0/lib/logstash/inputs/redis.rb
class RedisInput
  SETTINGS = %w[host port password ssl data_type key codec add_field db].freeze
  BATCH = 125
  EMPTY_SECONDS = 0.25
  RECONNECT_SECONDS = 1
  TAKE = <<~LUA
    local events = redis.call('lrange', KEYS[1], 0, ARGV[1])
    redis.call('ltrim', KEYS[1], ARGV[1] + 1, -1)
    return events
  LUA

  def initialize(plugin, log)
    Filters.check(plugin, SETTINGS)
    @settings = plugin.settings
    @log = log
    raise ArgumentError, "redis: data_type #{@settings["data_type"]} is not known" unless @settings["data_type"] == "list"
    raise ArgumentError, "redis: codec #{@settings["codec"]} is not known" unless %w[json msgpack].include?(@settings["codec"])
  end

  # Gives batches of events to the block until `stopping` says so.
  def run(stopping)
    until stopping.call
      begin
        texts = server.eval(TAKE, keys: [@settings.fetch("key")], argv: [BATCH - 1])
        texts.empty? ? sleep(EMPTY_SECONDS) : yield(texts.flat_map { |text| decode(text) })
      rescue Redis::BaseError => e
        @log.call("WARN", "Redis connection error, will retry: #{e.class}: #{e.message}")
        @server&.close
        @server = nil
        sleep(RECONNECT_SECONDS)
      end
    end
  end

  private

  def server
    @server ||= Redis.new(
      host: @settings.fetch("host"), port: @settings.fetch("port"), password: @settings["password"],
      db: @settings.fetch("db", 0), ssl: @settings.fetch("ssl", false), timeout: 5, reconnect_attempts: 0
    )
  end

  def decode(text)
    events = @settings["codec"] == "json" ? json(text) : msgpack(text)
    events.each do |event|
      @settings.fetch("add_field", {}).each { |field, value| event.set(field, event.sprintf(value)) }
    end
  end

  def json(text)
    read = JSON.parse(text.dup.force_encoding("UTF-8"))
    (read.is_a?(Array) ? read : [read]).map { |fields| Event.new(fields) }
  rescue JSON::ParserError
    [unread(text, "_jsonparsefailure")]
  end

  def msgpack(text)
    [Event.new(MessagePack.unpack(text))]
  rescue MessagePack::UnpackError, EOFError
    [unread(text, "_msgpackparsefailure")]
  end

  def unread(text, tag)
    Event.new({ "message" => text.dup.force_encoding("UTF-8").scrub, "tags" => [tag] })
  end
end
